import 'reflect-metadata';
import { contracts } from '../contracts/index.js';
import { checkBundle } from '../runtime/bundle.js';
import { readConfig } from '../runtime/config.js';
import { serve } from '../runtime/server.js';
import { NaiveContract } from './contract.js';

// The chaincode of the benchmarks: the product's contracts and the naive one in one process.
const config = readConfig(process.env);
checkBundle(process.argv[1] ?? '', config.version);
void serve(config, [...contracts, NaiveContract]);
