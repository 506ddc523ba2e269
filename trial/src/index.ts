export { startGateway, freePort, type GatewayProcess } from './gateway-process.js';
export { administrators } from './administration.js';
export { TrialAdministration } from './participants.js';
export { GatewayClient, type BatchResult } from './gateway-client.js';
export { Signer } from './signer.js';
export { cast, type CastMember, type Enterprise } from './cast.js';
export { accessToken } from './token.js';
export { relayOf } from './connection.js';
export { makeLabelPhoto, type LabelPhotoOptions } from './labels/index.js';
