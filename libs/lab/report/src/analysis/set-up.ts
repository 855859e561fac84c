import type { Measurements } from '../measurements/measurements.ts';
import type { Answer } from './answer.ts';
import { deployCommand, propertiesOf, type Snippet } from './properties.ts';

/** Returns what to set to take the advised setting. */
export function setUp({ folder, series, workloads }: Measurements, { advice }: Answer): readonly Snippet[] {
  if (!advice) return [];
  const { series: advised, throughput } = advice.figures;
  const { source, piped } = workloads[0] ?? {};
  const batches = { source, piped, messages: advised.messages, perSecond: throughput?.median };
  const sizes = new Set(series.flatMap(({ cold, messages }) => (cold ? [] : [messages])));
  const isFolder = folder?.includes('/') ?? false;
  const name = isFolder ? 'FUNCTION' : advised.setting.function;
  return [
    ...(folder === undefined ? [deployCommand(advised)] : []),
    ...propertiesOf(advised.setting, { name, batches: sizes.size > 1 ? batches : undefined }),
  ];
}
