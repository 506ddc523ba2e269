import { row } from './row.js';

/** HL-6: what a verification found. */
export const verification = {
  'HL-6001': row('proof.malformed', 400, 6, '证明文件的格式不正确。', '请重新获取证明文件。', 'The proof file is malformed.', 'Obtain the proof again.'),
  'HL-6002': row('proof.eventNotInBatch', 400, 6, '事件不在签名的批次中。', '该证明不可信。', 'The event is not in the signed batch.', 'Do not trust this proof.'),
  'HL-6003': row('proof.signatureInvalid', 400, 6, '批次头的签名无效。', '该证明不可信。', "The signature over the batch's header is not valid.", 'Do not trust this proof.'),
  'HL-6004': row('proof.verdictNotInOutcome', 400, 6, '裁定与账本记录的结果不符。', '该证明不可信。', 'The verdict is not in the recorded outcome.', 'Do not trust this proof.'),
  'HL-6005': row('attestation.invalid', 400, 6, '背书签名无效或组织不足。', '该回执不可信，请改用其他网关。', 'The attestation lacks a valid signature of two organisations.', 'Do not trust this receipt; turn to another gateway.'),
  'HL-6006': row('attestation.otherLedger', 400, 6, '回执属于另一个账本。', '请检查信任文件。', 'The receipt belongs to another ledger.', 'Check the trust bundle.'),
  'HL-6007': row('receipt.mismatch', 400, 6, '回执与设备保存的批次不符。', '请改用其他网关，并保留证据。', 'The receipt does not fit the batch that the device holds.', 'Turn to another gateway and keep the evidence.'),
  'HL-6020': row('archive.damaged', 400, 6, '区块存档已损坏或被改动。', '请重新导出存档。', 'The archive of blocks is damaged or altered.', 'Export it again.'),
} as const;
