import { isRecord, LabError } from '@parallel-lambda/local-lambda';

/** Returns the messages that arrive in a second, counted from 0. */
export type Arrivals = (second: number) => number;

/** Options for {@link rateWithPeak}. */
export interface RateOptions {
  /** Messages per second. */
  readonly rate: number;
  /** Messages per second during the peak. @default no peak */
  readonly peak?: number | undefined;
  readonly peakSeconds: number;
  /** Simulated time. The peak starts half-way. */
  readonly seconds: number;
}

/** Returns arrivals at a constant rate, with a peak that starts half-way. */
export function rateWithPeak({ rate, peak, peakSeconds, seconds }: RateOptions): Arrivals {
  const from = Math.floor(seconds / 2);
  return (second) => (peak !== undefined && second >= from && second < from + peakSeconds ? peak : rate);
}

interface Entry {
  readonly fromSecond: number;
  readonly rate: number;
}

/**
 * Reads rates over the day: CSV with one `HH:MM,RATE` per line, or JSON, `[{ "at": "HH:MM", "rate": RATE }, …]`. A rate
 * (messages per second) applies until the next one; before the first one nothing arrives. Every day is alike.
 *
 * @param name of the file, for errors
 * @throws {LabError} `usage`, if the text is not such a list, or its times do not increase
 */
export function readProfile(text: string, name: string): Arrivals {
  const entries = text.trimStart().startsWith('[') ? fromJson(text, name) : fromCsv(text, name);
  if (entries.length === 0) throw new LabError('usage', `${name} has no rates.`);
  const day = new Float64Array(86_400);
  entries.forEach(({ fromSecond, rate }, index) => {
    const next = entries[index + 1];
    if (next && next.fromSecond <= fromSecond) {
      throw new LabError('usage', `${name}: the time of entry ${index + 2} is not after the previous time.`);
    }
    day.fill(rate, fromSecond, next?.fromSecond);
  });
  return (second) => day[second % day.length] ?? 0;
}

function fromCsv(text: string, name: string): readonly Entry[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line, index) => line !== '' && !line.startsWith('#') && !(index === 0 && /^[a-z]/i.test(line)))
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
    throw new LabError('usage', `${name} is not JSON: ${(cause as Error).message}.`, { cause });
  }
  return (json as readonly unknown[]).map((item, index) => {
    const { at, rate } = isRecord(item) ? item : {};
    const what = `${name}: entry ${index + 1}`;
    return entryOf(typeof at === 'string' ? at : '', typeof rate === 'number' ? rate : Number.NaN, what);
  });
}

function entryOf(at: string, rate: number, what: string): Entry {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(at) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59 || !(rate >= 0 && rate <= 1e6)) {
    throw new LabError(
      'usage',
      `${what} is not a time of the day (HH:MM) and messages per second (0 to 1,000,000).`,
    );
  }
  return { fromSecond: Number(hours) * 3600 + Number(minutes) * 60, rate };
}
