import { functionLimits, LabError } from '@parallel-lambda/local-lambda';

import type { PresentSetting } from '../local-functions.ts';

/** Minimum and maximum of each number. */
const ranges = { memory: functionLimits.memoryMb, batch: [1, 10_000] } as const;

/**
 * Parses `memory=512,batch=10`.
 *
 * @throws {LabError} `usage`, if the text is something else
 */
export function parsePresent(text: string): PresentSetting {
  const given = new Map(
    text.split(',').map((part) => {
      const [, name = '', digits = ''] = /^(\w+)=(\d+)$/.exec(part.trim()) ?? [];
      const range = Object.entries(ranges).find(([known]) => known === name)?.[1];
      const value = Number(digits);
      if (range && value >= range[0] && value <= range[1]) return [name, value] as const;
      throw invalid();
    }),
  );
  const memory = given.get('memory');
  if (memory === undefined) throw invalid();
  return { memory, batch: given.get('batch') };
}

function invalid(): LabError {
  const [min, max] = ranges.memory;
  const batches = `from ${ranges.batch[0]} to ${ranges.batch[1]}`;
  return new LabError(
    'usage',
    `It must be memory=MB,batch=N with a memory size from ${min} to ${max} and a batch size ${batches}.`,
  );
}
