/** How long a batch of so many messages takes, warm. */
export interface ServicePoint {
  readonly messages: number;
  readonly ms: number;
}

/** What a function takes for its batches. */
export interface ServiceTime {
  /** By the size of the batch, at least one. */
  readonly points: readonly ServicePoint[];
  /** Milliseconds more for each message. @default 0 */
  readonly messageMs?: number;
  /** INIT of a new execution environment, in milliseconds. */
  readonly initMs: number;
  /** What single invocations took, as shares of the median, for percentiles. @default always the median */
  readonly spread?: readonly number[];
}

/**
 * How long a batch takes, in seconds: between two sizes that are known it is interpolated; a smaller batch than the
 * smallest takes as long as that one, a larger one than the largest takes as much longer as it is larger. Both
 * err on the side of too long.
 */
export function batchSeconds({ points, messageMs = 0 }: ServiceTime, messages: number): number {
  return (between(points, messages) + messageMs * messages) / 1000;
}

/** The longest that any batch of so many messages or fewer takes, warm. */
export function longestBatchSeconds(service: ServiceTime, batchSize: number): number {
  const sizes = service.points.map(({ messages }) => Math.min(messages, batchSize));
  return Math.max(...[...sizes, batchSize].map((messages) => batchSeconds(service, messages)));
}

function between(points: readonly ServicePoint[], messages: number): number {
  const above = points.find((point) => point.messages >= messages);
  const below = points.findLast((point) => point.messages <= messages);
  if (!above) return below ? (below.ms * messages) / below.messages : 0;
  if (!below || above === below) return above.ms;
  const share = (messages - below.messages) / (above.messages - below.messages);
  return below.ms + share * (above.ms - below.ms);
}
