import { row } from './row.js';

/** HL-7: the scanner. */
export const scanner = {
  'HL-7001': row(
    'image.noCode',
    422,
    1,
    '照片中没有找到可读的码。',
    '请靠近、对焦并避免反光后重新拍摄。',
    'No readable code was found in the photograph.',
    'Take it again: closer, in focus, without glare.',
  ),
} as const;
