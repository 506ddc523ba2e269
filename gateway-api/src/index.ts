export { serveLedger, startGateway, type Gateway, type ServedLedger } from './compose.js';
export { readConfig, type Config } from './config.js';
export { routes } from './routes/index.js';
