import { Partner, type SendOptions } from './partner.js';

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

  fitPart(data: { partSerial: string; vin: string }, options?: SendOptions) {
    return this.send('partFitted', data, options);
  }

  removePart(data: { partSerial: string; vin: string }, options?: SendOptions) {
    return this.send('partRemoved', data, options);
  }
}
