import { LabError, isRecord } from '@parallel-lambda/local-lambda';

import { format, type Measurements } from './measurements.ts';

/**
 * Reads measurements that were kept.
 *
 * @param text JSON
 * @param name of the file, for errors
 * @throws {LabError} `usage`, when they are missing, incomplete, or of another version of the format
 */
export function readMeasurements(text: string, name: string): Measurements {
  const json = parse(text, name);
  if (!isRecord(json) || typeof json.format !== 'number') {
    throw new LabError('usage', `${name} has no measurements: "format" is missing`);
  }
  if (json.format !== format) {
    const age = json.format < format ? 'an older' : 'a newer';
    const remedy = json.format < format ? 'measure again' : 'use the version of the lab that wrote it';
    throw new LabError(
      'usage',
      `${name} has measurements of ${age} format (${json.format}; this is ${format}): ${remedy}`,
    );
  }
  for (const part of ['workloads', 'series', 'samples', 'timelines']) {
    if (!Array.isArray(json[part])) throw new LabError('usage', `${name} is incomplete: it has no "${part}"`);
  }
  const measurements = json as unknown as Measurements;
  const known = new Set(measurements.series.map(({ id }) => id));
  const stray = measurements.samples.find(({ series }) => !known.has(series));
  if (stray)
    throw new LabError('usage', `${name} is invalid: it has samples of an unknown "${stray.series}"`);
  return measurements;
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LabError('usage', `${name} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
