export { makeDevice, openDevice, readTrust, type Device, type DevicePlace } from './device.js';
export { checkOwner, type DeviceKey } from './key-file.js';
