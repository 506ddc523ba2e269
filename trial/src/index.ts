export { startGateway, freePort, type GatewayProcess } from './gateway-process.js';
export { administrators } from './administration.js';
export { TrialAdministration } from './participants.js';
export { GatewayClient, type BatchResult } from './gateway-client.js';
export { Signer } from './signer.js';
export { newKey, random16, keyIn } from './key-store.js';
export { cast, type CastMember, type Enterprise } from './cast.js';
export { accessToken } from './token.js';
