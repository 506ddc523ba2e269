import { row } from './row.js';

/** HL-502: the read model and its stores. */
export const store = {
  'HL-5020': row(
    'store.otherLedger',
    500,
    1,
    '该存储属于另一个账本。',
    '请设置另一个存储目录或数据库，或在确认无用后删除旧存储（SQLite：HUILIAN_HOME/gateway 中的 read-model.sqlite*）。',
    'The store holds the read model of another ledger.',
    'Set another store directory or database, or delete the old one when it is of no more use (SQLite: read-model.sqlite* in HUILIAN_HOME/gateway).',
  ),
  'HL-5021': row(
    'store.blockMissing',
    500,
    1,
    '区块不连续，存储未作更改。',
    '请从存储的检查点重新读取区块。',
    'The block does not follow the last one in the store; nothing was changed.',
    'Read the blocks again from the checkpoint of the store.',
  ),
  'HL-5022': row(
    'store.unavailable',
    503,
    5,
    '存储无法访问，或磁盘已满。',
    '请检查存储进程、路径与磁盘空间；读取会自动继续。',
    'The store cannot be used, or its disk is full.',
    'Check its process, path and disk space; reading goes on by itself.',
  ),
  'HL-5023': row(
    'readModel.behind',
    503,
    5,
    '读模型尚未到达所要求的区块。',
    '稍后重试，或省略 minBlock。',
    'The read model has not reached the block that was asked for.',
    'Try again shortly, or leave minBlock out.',
  ),
  'HL-5024': row(
    'cursor.malformed',
    400,
    2,
    '分页游标无效。',
    '请使用上一页返回的游标，或从第一页开始。',
    'The cursor is not one that was handed out.',
    'Use the cursor of the page before, or begin with the first page.',
  ),
  'HL-5025': row(
    'projection.blockUnreadable',
    500,
    1,
    '有效交易的内容无法解读。',
    '请把网关更新到与链码相符的版本。',
    'A valid transaction holds something that cannot be read.',
    'Update the gateway to a version that fits the chaincode.',
  ),
} as const;
