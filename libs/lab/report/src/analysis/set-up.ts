import type { Measurements } from '../measurements/measurements.ts';
import type { Answer } from './answer.ts';
import { deployCommand, propertiesOf, type Snippet } from './properties.ts';

/** Returns what to set to take the advised setting. */
export function setUp({ folder, series }: Measurements, { advice }: Answer): readonly Snippet[] {
  if (!advice) return [];
  const advised = advice.figures.series;
  const sizes = new Set(series.flatMap(({ cold, messages }) => (cold ? [] : [messages])));
  const isFolder = folder?.includes('/') ?? false;
  const name = isFolder ? 'FUNCTION' : advised.setting.function;
  return [
    ...(folder === undefined ? [deployCommand(advised)] : []),
    ...propertiesOf(advised, { name, withBatchSize: sizes.size > 1 }),
  ];
}
