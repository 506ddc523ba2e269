import { Partner, type SendOptions } from './partner.js';

/** Something that came out of a vehicle. */
export interface Output {
  readonly kind: 'part' | 'battery' | 'lot';
  readonly category: string;
  readonly massGrams: number;
  readonly partSerial?: string;
  /** Of a part that comes out by dismantling. */
  readonly model?: string;
  readonly packCode?: string;
  readonly newLotNumber?: string;
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
    data: {
      vin: string;
      netMassGrams: number;
      vehicleType?: string;
      engineCount?: number;
      supervised?: 'yes';
      packs?: readonly { packCode: string }[];
    },
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

  codePart(data: { partSerial: string; partCode?: string; model?: string }, options?: SendOptions) {
    return this.send('partCoded', data, options);
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

  registerUnit(
    data: { unitSerial?: string; unitLabel?: string; imei?: string; applianceCategory: string },
    options?: SendOptions,
  ) {
    return this.send('unitRegistered', data, options);
  }

  receiveUnit(
    data: {
      unitSerial?: string;
      unitLabel?: string;
      massGrams: number;
      identity: 'serial' | 'label';
      partsVersion: number;
      applianceType?: string;
      missing?: readonly { missingPart: string }[];
      evidenceSha256?: string;
    },
    options?: SendOptions,
  ) {
    return this.send('unitReceived', data, options);
  }

  bindSet(data: { unitLabel: string; partnerLabel: string }, options?: SendOptions) {
    return this.send('setBound', data, options);
  }

  registerLot(data: { lotNumber: string; category: string; massGrams: number }, options?: SendOptions) {
    return this.send('lotRegistered', data, options);
  }

  openManifest(
    data: {
      manifestNumber: string;
      carrier: string;
      handler: string;
      lots: readonly { lotNumber: string; wasteCode: string }[];
    },
    options?: SendOptions,
  ) {
    return this.send('manifestOpened', data, options);
  }

  acceptManifest(
    data: { manifestNumber: string; lots: readonly { lotNumber: string; massGrams: number }[] },
    options?: SendOptions,
  ) {
    return this.send('manifestAccepted', data, options);
  }

  takeBatteryIn(
    data: { packCode: string; massGrams: number; toleranceVersion: number },
    options?: SendOptions,
  ) {
    return this.send('batteryReceived', data, options);
  }

  testBattery(
    data: { packCode: string; capacityPermille: number; capacityTable: number; defect?: string },
    options?: SendOptions,
  ) {
    return this.send('batteryTested', data, options);
  }

  repurposeBattery(
    data: {
      packCode: string;
      newPackCode: string;
      category: string;
      massGrams: number;
      addedGrams?: number;
      lossGrams: number;
      toleranceVersion: number;
    },
    options?: SendOptions,
  ) {
    return this.send('batteryRepurposed', data, options);
  }
}
