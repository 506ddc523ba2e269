import { Partner, type SendOptions } from './partner.js';

/** Reference client of the system of an old-for-reman scheme. Each method sends one message of the dictionary. */
export class RemanScheme extends Partner {
  acceptCore(data: { partSerial: string; sender: string }, options?: SendOptions) {
    return this.send('goodsAccepted', data, options);
  }

  designateCore(data: { partSerial: string }, options?: SendOptions) {
    return this.send('coreDesignated', data, options);
  }

  gradeCore(data: { coreSerial: string; grade: 'A' | 'B' | 'C' | 'unfit' }, options?: SendOptions) {
    return this.send('coreGraded', data, options);
  }

  remanufacture(
    data: {
      coreSerial: string;
      productSerial: string;
      category: string;
      massGrams: number;
      mark: string;
      addedGrams?: number;
    },
    options?: SendOptions,
  ) {
    return this.send('coreRemanufactured', data, options);
  }

  inspectProduct(data: { partSerial: string; result: 'fit' | 'unfit' }, options?: SendOptions) {
    return this.send('partInspected', data, options);
  }

  sendProduct(data: { partSerial: string; receiver: string }, options?: SendOptions) {
    return this.send('goodsSent', data, options);
  }
}
