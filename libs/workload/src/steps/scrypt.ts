import { wholeNumber } from '../whole-number.ts';
import type { StepKind } from './step-kind.ts';

const password = 'one message is one password';
const salt = 'parallel-lambda';
const blockSize = 8;

/**
 * Computes on libuv's own threads: one scrypt key with N = 2^cost, which takes 2^cost KiB of memory while it
 * runs (1 GiB at cost 20). It cannot be aborted.
 */
export const scrypt: StepKind<number> = {
  name: 'scrypt',
  nature: 'libuv',
  takes: 'an scrypt cost, a whole number from 1 to 20',
  accepts: wholeNumber(1, 20),
  async run(cost) {
    const { scrypt: deriveKey } = await import('node:crypto');
    const N = 2 ** cost;
    // Scrypt takes 128 r (N + p + 2) bytes; Node refuses what takes more than `maxmem`, by default from cost 15 on.
    const options = { N, r: blockSize, p: 1, maxmem: 128 * blockSize * (N + 3) };
    await new Promise<void>((resolve, reject) => {
      deriveKey(password, salt, 32, options, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  },
};
