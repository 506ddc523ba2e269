import { Partner, type SendOptions } from './partner.js';

interface Claim {
  readonly vin: string;
  readonly lossNumber: string;
  readonly claimNumber: string;
}
interface Line {
  readonly line: number;
  readonly lineVersion: number;
}
interface Amount {
  readonly amountFen: number;
  /** 16 random bytes, base64url. */
  readonly salt: string;
}
type ApprovedLine = Line &
  Amount & {
    readonly approvedCategory?: string;
    readonly quantity?: number;
    readonly allowsNewPart?: 'yes';
    readonly allowsSecondHandPart?: 'yes';
    readonly allowsRemanufacturedPart?: 'yes';
    readonly partNumber?: string;
    readonly equivalentNumber?: string;
  };

/** Reference client of an insurer's claims system. Each method sends one message of the dictionary. */
export class Insurer extends Partner {
  registerVehicle(data: { vin: string; vehicleType: string }, options?: SendOptions) {
    return this.send('vehicleRegistered', data, options);
  }

  reportLoss(data: { vin: string; lossNumber: string; lossDay?: string }, options?: SendOptions) {
    return this.send('lossReported', data, options);
  }

  assessLoss(data: { vin: string; lossNumber: string }, options?: SendOptions) {
    return this.send('lossAssessed', data, options);
  }

  declareTotalLoss(
    data: { vin: string; lossNumber: string; totalLoss: 'constructive' | 'mustScrap' },
    options?: SendOptions,
  ) {
    return this.send('totalLossDeclared', data, options);
  }

  sellSalvage(data: { vin: string; buyer: string }, options?: SendOptions) {
    return this.send('salvageSold', data, options);
  }

  sendVehicle(data: { vin: string; receiver: string }, options?: SendOptions) {
    return this.send('goodsSent', data, options);
  }

  claimLines(
    data: Claim & { cover: string; against?: string; lines?: readonly { line: number }[] },
    options?: SendOptions,
  ) {
    return this.send('linesClaimed', data, options);
  }

  /** Amounts stay here: the ledger has commitments, made with the salt of each. */
  approveLines(data: Claim & { lines: readonly ApprovedLine[] }, options?: SendOptions) {
    return this.send('linesApproved', data, options);
  }

  payLines(data: Claim & Amount & { claimant?: string; lines: readonly Line[] }, options?: SendOptions) {
    return this.send('linesPaid', data, options);
  }
}
