import { Partner, type SendOptions } from './partner.js';

/** Something that came out of a vehicle. */
export interface Output {
  readonly kind: 'part' | 'battery' | 'lot';
  readonly category: string;
  readonly massGrams: number;
  readonly partSerial?: string;
}

/** Reference client of the system of a dismantling enterprise. Each method sends one message of the dictionary. */
export class Dismantler extends Partner {
  acceptVehicle(data: { vin: string; sender: string }, options?: SendOptions) {
    return this.send('goodsAccepted', data, options);
  }

  surrenderVehicle(data: { vin: string }, options?: SendOptions) {
    return this.send('vehicleSurrendered', data, options);
  }

  receiveVehicle(
    data: { vin: string; netMassGrams: number; engineCount?: number; supervised?: 'yes' },
    options?: SendOptions,
  ) {
    return this.send('vehicleReceived', data, options);
  }

  issueCertificate(data: { vin: string; certificateNumber: string }, options?: SendOptions) {
    return this.send('certificateIssued', data, options);
  }

  depolluteVehicle(data: { vin: string; outputs: readonly Output[] }, options?: SendOptions) {
    return this.send('vehicleDepolluted', data, options);
  }

  dismantleVehicle(data: { vin: string; outputs: readonly Output[] }, options?: SendOptions) {
    return this.send('vehicleDismantled', data, options);
  }

  inspectPart(data: { partSerial: string; result: 'fit' | 'unfit' }, options?: SendOptions) {
    return this.send('partInspected', data, options);
  }

  markPart(data: { partSerial: string; mark: string }, options?: SendOptions) {
    return this.send('partMarked', data, options);
  }

  sendPart(data: { partSerial: string; receiver: string }, options?: SendOptions) {
    return this.send('goodsSent', data, options);
  }

  weighHulk(
    data: { vin: string; massGrams: number; lossGrams: number; toleranceVersion: number },
    options?: SendOptions,
  ) {
    return this.send('hulkWeighed', data, options);
  }

  shredHulk(
    data: { vin: string; outputs: readonly Output[]; lossGrams: number; toleranceVersion: number },
    options?: SendOptions,
  ) {
    return this.send('hulkShredded', data, options);
  }
}
