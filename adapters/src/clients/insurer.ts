import { Partner, type SendOptions } from './partner.js';

/** Reference client of an insurer's claims system. Each method sends one message of the dictionary. */
export class Insurer extends Partner {
  registerVehicle(data: { vin: string; vehicleType: string }, options?: SendOptions) {
    return this.send('vehicleRegistered', data, options);
  }

  reportLoss(data: { vin: string; lossNumber: string }, options?: SendOptions) {
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
}
