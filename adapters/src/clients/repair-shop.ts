import { Partner, type SendOptions } from './partner.js';

interface SaleLine {
  readonly seller: string;
  readonly saleNumber: string;
  readonly saleLine: number;
}

/** Reference client of a repair shop's system. Each method sends one message of the dictionary. */
export class RepairShop extends Partner {
  registerVehicle(data: { vin: string; vehicleType: string }, options?: SendOptions) {
    return this.send('vehicleRegistered', data, options);
  }

  acceptPart(data: { partSerial: string; sender: string }, options?: SendOptions) {
    return this.send('goodsAccepted', data, options);
  }

  inspectPart(data: { partSerial: string; result: 'fit' | 'unfit' }, options?: SendOptions) {
    return this.send('partInspected', data, options);
  }

  fitPart(
    data: {
      partSerial: string;
      vin: string;
      lossNumber?: string;
      line?: number;
      lineVersion?: number;
      partNumber?: string;
    },
    options?: SendOptions,
  ) {
    return this.send('partFitted', data, options);
  }

  removePart(data: { partSerial: string; vin: string }, options?: SendOptions) {
    return this.send('partRemoved', data, options);
  }

  registerPart(
    data: { partSerial: string; category: string; partClass: 'newPart' | 'usedPart' },
    options?: SendOptions,
  ) {
    return this.send('partRegistered', data, options);
  }

  sellProduct(
    data: SaleLine & {
      productSerial: string;
      priceFen: number;
      corePriceFen: number;
      depositFen: number;
      salt: string;
      statePilotVersion?: number;
      coreDepositVersion?: number;
    },
    options?: SendOptions,
  ) {
    return this.send('productSold', data, options);
  }

  takeCoreBack(data: SaleLine & { coreSerial: string; productSerial: string }, options?: SendOptions) {
    return this.send('coreReturned', data, options);
  }

  claimEntitlement(
    data: SaleLine & {
      productSerial: string;
      coreSerial: string;
      scheme: 'statePilot' | 'coreDeposit';
    },
    options?: SendOptions,
  ) {
    return this.send('entitlementClaimed', data, options);
  }
}
