import { availableParallelism, cpus, totalmem } from 'node:os';

import type { Machine } from '@parallel-lambda/report';

/** What of this machine has to be known to read its figures rightly. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    cpu: cpus()[0]?.model ?? '',
    cpus: availableParallelism(),
    memoryMb: Math.round(totalmem() / 1024 / 1024),
  };
}
