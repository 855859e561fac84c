/** Warm duration of a batch of this number of messages. */
export interface ServicePoint {
  readonly messages: number;
  readonly ms: number;
}

/** Durations of the batches of a function. */
export interface ServiceTime {
  /** Durations by batch size, in ascending order, at least one. */
  readonly points: readonly ServicePoint[];
  /** Milliseconds that each message adds. @default 0 */
  readonly messageMs?: number;
  /** INIT of a new execution environment, in milliseconds. */
  readonly initMs: number;
  /** Durations of single invocations as shares of the median, for percentiles. @default always the median */
  readonly spread?: readonly number[];
}

/**
 * Returns the duration of a batch in seconds: interpolated between two measured sizes; that of the smallest size for
 * smaller batches; proportional to the largest size for larger ones. Both err on the side of too long.
 */
export function batchSeconds({ points, messageMs = 0 }: ServiceTime, messages: number): number {
  return (interpolate(points, messages) + messageMs * messages) / 1000;
}

/** Returns the longest duration, in seconds, of a warm batch of up to this many messages. */
export function longestBatchSeconds(service: ServiceTime, batchSize: number): number {
  const sizes = service.points.map(({ messages }) => Math.min(messages, batchSize));
  return Math.max(...[...sizes, batchSize].map((messages) => batchSeconds(service, messages)));
}

function interpolate(points: readonly ServicePoint[], messages: number): number {
  const above = points.find((point) => point.messages >= messages);
  const below = points.findLast((point) => point.messages <= messages);
  if (!above) return below ? (below.ms * messages) / below.messages : 0;
  if (!below || above === below) return above.ms;
  const share = (messages - below.messages) / (above.messages - below.messages);
  return below.ms + share * (above.ms - below.ms);
}
