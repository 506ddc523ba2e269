import { row } from './row.js';

/** HL-5: the Fabric network and the stores. */
export const network = {
  'HL-5001': row('ledger.unavailable', 503, 5, '暂时无法连接账本网络。', '稍后重试；批次保留在设备队列中。', 'The ledger cannot be reached at present.', 'Try again later; the batches stay in the queue of the device.'),
  'HL-5010': row('ledger.conflict', 503, 1, '另一笔交易先更改了相同的状态。', '请重新提交；批次序号使重发安全。', 'Another transaction changed the same rows first.', 'Submit again; the sequence of a batch makes that safe.'),
  'HL-5011': row('ledger.outcomeUnknown', 504, 5, '交易已发送，但尚不知道是否提交。', '请查询回执后再决定是否重发。', 'The transaction was sent and its outcome is not known yet.', 'Ask for the receipt before sending again.'),
  'HL-5012': row('ledger.noChaincode', 503, 5, '节点的链码没有应答。', '请用 huilian doctor 检查链码进程。', 'The chaincode of the peer does not answer.', 'Check its process with huilian doctor.'),
  'HL-5013': row('ledger.notPermitted', 403, 4, '该证书无权访问账本网络。', '请检查证书所属组织、有效期与属性。', 'The certificate may not use the ledger network.', "Check the certificate's organisation, validity and attributes."),
  'HL-5014': row('ledger.transactionInvalid', 500, 1, '交易已提交，但被标记为无效。', '请保留交易编号并联系网络管理员。', 'The transaction was committed and marked invalid.', 'Keep its id and ask the administrator of the network.'),
  'HL-5015': row('ledger.refused', 502, 1, '账本拒绝了该请求。', '请查看原因并联系网络管理员。', 'The ledger refused the request.', 'Read the reason and ask the administrator of the network.'),
} as const;
