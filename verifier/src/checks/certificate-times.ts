import type { LedgerBlock } from '@huilian/fabric';
import { differ } from '../difference.js';
import type { Configuration } from '../fabric/configuration.js';
import { isValidAt } from '../fabric/identity.js';

/**
 * The certificates of a valid transaction were valid when it was made, by its own timestamp. Peers check this at
 * endorsement only and with today's clock, so it is no part of the code.
 */
export function checkCertificateTimes(block: LedgerBlock, configuration: Configuration): void {
  for (const transaction of block.transactions) {
    if (!transaction.valid || transaction.action === undefined) continue;
    const place = { block: block.number, transaction: transaction.id, index: transaction.index };
    const signers = [
      transaction.envelope.creator,
      ...transaction.action.endorsements.map(({ endorser }) => endorser),
    ];
    for (const serialized of signers) {
      const identity = configuration.organisations.identity(serialized);
      if (identity === undefined || isValidAt(identity, transaction.time)) continue;
      differ(
        'HL-6029',
        place,
        identity.certificate.subject.replaceAll('\n', ', '),
        'a certificate valid then',
        String(transaction.time),
        {
          notBefore: identity.notBefore,
          notAfter: identity.notAfter,
        },
      );
    }
  }
}
