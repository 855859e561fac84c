import { LabError } from '@parallel-lambda/local-lambda';

/** A service behind a function, as the command line describes it. */
export interface ServiceSetting {
  /** Milliseconds. */
  readonly latency: number;
  /** Requests in progress; the others queue. @default unlimited */
  readonly capacity?: number;
  /** Requests that may queue; a further one is answered with 429. @default unlimited */
  readonly queue?: number;
  /** Percent by which each further request in progress increases the latency. @default 0 */
  readonly slowdown?: number;
  /** Environment variable of the function that has the URL. */
  readonly variable: string;
}

/** Minimum and maximum of each number. */
const ranges = {
  latency: [0, 60_000],
  capacity: [1, 10_000],
  queue: [0, 100_000],
  slowdown: [0, 1000],
} as const;

const defaults = { latency: 50, variable: 'DOWNSTREAM_URL' } as const;

/**
 * Parses `capacity=20,latency=50`.
 *
 * @throws {LabError} `usage`, if a name is unknown or a value is not allowed
 */
export function parseService(text: string): ServiceSetting {
  const given = text.split(',').map((part) => {
    const [, name = '', value = ''] = /^\s*(\w+)=(.*)$/.exec(part) ?? [];
    return [name, valueOf(name, value, part)] as const;
  });
  const setting: ServiceSetting = { ...defaults, ...Object.fromEntries(given) };
  if (setting.queue === undefined || setting.capacity !== undefined) return setting;
  throw new LabError('usage', 'queue needs a capacity, such as capacity=20,queue=0.');
}

function valueOf(name: string, value: string, part: string): number | string {
  if (name === 'variable' && /^[A-Za-z_]\w*$/.test(value)) return value;
  const range = Object.entries(ranges).find(([known]) => known === name)?.[1];
  if (!range) {
    const known = [...Object.keys(ranges), 'variable'].join(', ');
    throw new LabError('usage', `"${part}" is not NAME=VALUE with one of the names ${known}.`);
  }
  const [min, max] = range;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new LabError('usage', `${name} is "${value}": it must be a whole number from ${min} to ${max}.`);
}
