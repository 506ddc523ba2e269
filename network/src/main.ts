#!/usr/bin/env node
import { up, down, purge } from './index.js';
const command = process.argv[2];
if (command === 'up')
  console.log(
    (
      await up({
        onProgress: (s, h) => console.error(s, h),
        ...(process.argv[3] ? { chaincodeBundle: process.argv[3] } : {}),
      })
    ).ledger,
  );
if (command === 'down') await down();
if (command === 'purge') await purge();
