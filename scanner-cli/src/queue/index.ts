export { Queue, placeOf, type Lane, type Place, type QueueOptions, type Signer } from './queue.js';
