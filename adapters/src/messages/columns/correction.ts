import { CORRECTION_REASONS } from '@huilian/core';
import type { Column } from '../../formats/format.js';
import { codes, column, version } from './column.js';

/** Members of corrections. */
export const correctionColumns = {
  wrongMessage: column(
    'wrongMessage',
    {
      type: 'text',
      longest: 80,
      isCode: true,
      shape: {
        pattern: /^[!-~]{1,80}$/,
        about: { zh: '本系统此前所发消息的 id', en: 'id of an earlier message of this system' },
      },
    },
    ['有误消息编号', '有误消息'],
    ['wrong message', 'wrongMessageId'],
  ),
  wrongEvent: column(
    'wrongEvent',
    {
      type: 'text',
      longest: 60,
      isCode: true,
      shape: {
        pattern: /^[A-Za-z0-9_-]{43}\.[1-9][0-9]{0,9}\.(0|[1-9][0-9]{0,2})$/,
        about: {
          zh: '事件编号，见报告、推送与时间线',
          en: 'id of an event, as reports, webhooks and timelines give it',
        },
      },
    },
    ['有误事件编号', '有误事件'],
    ['wrong event', 'wrongEventId'],
  ),
  wrongEventType: column(
    'wrongEventType',
    {
      type: 'text',
      longest: 40,
      isCode: true,
      shape: {
        pattern: /^[A-Za-z][A-Za-z0-9]{0,39}$/,
        about: {
          zh: '有误事件的类型，如 grade；其影响无法撤回时必须写明',
          en: 'type of the wrong event, such as grade; needed where what it did cannot be put back',
        },
      },
    },
    ['有误事件类型'],
    ['wrong event type', 'wrongEventKind'],
  ),
  correctionReason: column(
    'correctionReason',
    {
      type: 'codeList',
      codes: codes(CORRECTION_REASONS, {
        wrongItem: { zh: '物品选错', en: 'wrong item' },
        wrongParty: { zh: '参与方写错', en: 'wrong party' },
        wrongValue: { zh: '数值写错', en: 'wrong value' },
        wrongStep: { zh: '步骤选错', en: 'wrong step' },
        recordedTwice: { zh: '重复登记', en: 'recorded twice' },
        notDone: { zh: '并未发生', en: 'not done' },
        other: { zh: '其他', en: 'other' },
      }),
    },
    ['更正原因'],
    ['correction reason', 'correctReason'],
  ),
  termVersion: column('termVersion', version, ['更正期限表版本'], ['term version']),
  outputItem: column(
    'outputItem',
    {
      type: 'text',
      longest: 40,
      isCode: true,
      shape: {
        pattern: /^hl1[0-9a-z]{20,37}$/,
        about: { zh: '有误事件产出的物品编号', en: 'id of an item that the wrong event brought in' },
      },
    },
    ['产出物品编号'],
    ['output item', 'outputItemId'],
  ),
} satisfies Readonly<Record<string, Column>>;
