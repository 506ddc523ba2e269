import { Partner, type SendOptions } from './partner.js';

/** Reference client of the vehicle administration of the police. Each method sends one message of the dictionary. */
export class Police extends Partner {
  holdVehicle(
    data: { vin: string; holdReason: 'suspectedStolen' | 'alteredIdentity' | 'underInvestigation' },
    options?: SendOptions,
  ) {
    return this.send('vehicleHeld', data, options);
  }

  releaseVehicle(data: { vin: string; evidenceSha256?: string }, options?: SendOptions) {
    return this.send('vehicleReleased', data, options);
  }

  /** Signs for the dismantling of a vehicle that is destroyed under supervision. */
  witnessDismantling(data: { vin: string; evidenceSha256: string }, options?: SendOptions) {
    return this.send('dismantlingWitnessed', data, options);
  }

  cancelRegistration(data: { vin: string; evidenceSha256?: string }, options?: SendOptions) {
    return this.send('registrationCancelled', data, options);
  }

  /** Enters an engine or a frame of another origin into a vehicle's registration. */
  changeRegistration(
    data: { vin: string; partSerial: string; evidenceSha256?: string },
    options?: SendOptions,
  ) {
    return this.send('registrationChanged', data, options);
  }
}
