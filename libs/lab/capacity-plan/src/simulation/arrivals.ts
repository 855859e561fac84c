import { LabError } from '@parallel-lambda/local-lambda';

/** Messages that arrive in a second, by the second, from 0. */
export type Arrivals = (second: number) => number;

/** A rate, and one that is higher for a while. */
export interface PeakOptions {
  /** Messages a second. */
  readonly rate: number;
  /** Messages a second meanwhile. @default none */
  readonly peak?: number | undefined;
  readonly peakSeconds: number;
  /** How long the whole is; the peak begins half-way. */
  readonly seconds: number;
}

/** The same rate all the time, but for a peak that begins half-way. */
export function steadyWithPeak({ rate, peak, peakSeconds, seconds }: PeakOptions): Arrivals {
  const from = Math.floor(seconds / 2);
  return (second) => (peak !== undefined && second >= from && second < from + peakSeconds ? peak : rate);
}

interface Entry {
  readonly fromSecond: number;
  readonly rate: number;
}

/**
 * Reads rates over the day: CSV with a line `HH:MM,RATE` each, or JSON, `[{ "at": "HH:MM", "rate": RATE }, …]`.
 * A rate (messages a second) holds until the next; before the first one nothing arrives. After a day it begins anew.
 *
 * @param name of the file, for errors
 * @throws {LabError} `usage`, when it holds something else, or its times do not rise
 */
export function readProfile(text: string, name: string): Arrivals {
  const entries = text.trimStart().startsWith('[') ? fromJson(text, name) : fromCsv(text, name);
  if (entries.length === 0) throw new LabError('usage', `${name} holds no rates`);
  const day = new Float64Array(86_400);
  entries.forEach(({ fromSecond, rate }, place) => {
    const next = entries[place + 1];
    if (next && next.fromSecond <= fromSecond) {
      throw new LabError('usage', `${name}: the times do not rise, at its entry ${place + 2}`);
    }
    day.fill(rate, fromSecond, next?.fromSecond);
  });
  return (second) => day[second % day.length] ?? 0;
}

function fromCsv(text: string, name: string): readonly Entry[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line, place) => line !== '' && !line.startsWith('#') && !(place === 0 && /^[a-z]/i.test(line)))
    .map((line) => {
      const [at = '', rate = ''] = line.split(',').map((part) => part.trim());
      return entryOf(at, rate === '' ? Number.NaN : Number(rate), `${name}: "${line}"`);
    });
}

function fromJson(text: string, name: string): readonly Entry[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new LabError('usage', `${name} is no JSON: ${(cause as Error).message}`, { cause });
  }
  return (json as readonly unknown[]).map((item, place) => {
    const { at, rate } = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
    const what = `${name}: its entry ${place + 1}`;
    return entryOf(typeof at === 'string' ? at : '', typeof rate === 'number' ? rate : Number.NaN, what);
  });
}

function entryOf(at: string, rate: number, what: string): Entry {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(at) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59 || !(rate >= 0 && rate <= 1e6)) {
    throw new LabError(
      'usage',
      `${what} is not a time of the day (HH:MM) and messages a second (0 to 1,000,000)`,
    );
  }
  return { fromSecond: Number(hours) * 3600 + Number(minutes) * 60, rate };
}
