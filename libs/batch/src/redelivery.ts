import type { Batch } from './batch.ts';
import type { Deadline } from './deadline.ts';
import { nameOf } from './loggable-error.ts';
import { log, type Logger } from './logger.ts';
import { notStarted, type Outcome } from './outcome.ts';
import { runTechnique, turnOfEventLoop } from './run-technique.ts';
import type { Invocation, Technique } from './technique/technique.ts';
import type { WorkContext } from './work.ts';

/** Result of `redelivery` for a message that did not succeed. */
export type Fate =
  /** It is kept elsewhere, for example in a parking queue. The response does not report it, so it is not redelivered. */
  | 'parked'
  /** It is redelivered at the time that was set for it. */
  | 'delayed';

/** The state of a batch in which a message did not succeed. */
export interface RedeliveryRequest {
  /** The batch as the technique processed it. */
  readonly batch: Batch;
  /** One per message, in the order of the batch. `process` updates it. */
  readonly outcomes: readonly Outcome[];
  /** The time since the batch was received, in milliseconds. */
  readonly durationMs: number;
  /** The context that the work of every message got. */
  readonly context: WorkContext;
  /** Aborted when the response must be built: return the known results immediately. */
  readonly signal: AbortSignal;
  /** Logs a fault of the redelivery itself. */
  readonly log: (message: string, error?: unknown) => void;
  /**
   * Processes messages again and updates their outcomes. After the deadline it starts none. It settles when `signal` is aborted, at
   * the latest.
   *
   * @param positions in the batch, in ascending order
   */
  readonly process: (positions: readonly number[]) => Promise<void>;
}

/**
 * Delays or parks the messages that did not succeed, by calls of their source. It is called after a batch in which a
 * message did not succeed, and before the response.
 *
 * @returns one per message, in the order of the batch: `undefined` for an ordinary failure, which is redelivered
 */
export type Redelivery = (request: RedeliveryRequest) => PromiseLike<readonly (Fate | undefined)[]>;

/** Input of `redeliver`. */
interface RedeliveryRun {
  readonly technique: Technique;
  readonly invocation: Invocation & { readonly deadline: Deadline };
  readonly durationMs: number;
  readonly logger: Logger;
}

/** The outcomes of a batch, and the fate of its messages. */
export interface Redelivered {
  readonly outcomes: readonly Outcome[];
  readonly fates: readonly (Fate | undefined)[];
}

/**
 * Calls the redelivery of a batch. It fails closed: when it throws, rejects or takes too long, every message that did not succeed
 * is an ordinary failure.
 */
export async function redeliver(
  redelivery: Redelivery,
  batch: Batch,
  first: readonly Outcome[],
  { technique, invocation, durationMs, logger }: RedeliveryRun,
): Promise<Redelivered> {
  const outcomes = batch.messages.map((_, position) => first[position] ?? notStarted);
  const limit = new AbortController();
  const { mustRespond } = invocation.deadline;
  let running: Promise<unknown> = Promise.resolve();
  const request: RedeliveryRequest = {
    ...{ batch, outcomes, durationMs, context: invocation.context, signal: limit.signal },
    log(message, error) {
      log(logger, 'error', message, error);
    },
    async process(positions) {
      running = runTechnique(technique, partOf(batch, positions), invocation).then((processed) => {
        positions.forEach((position, index) => {
          outcomes[position] = processed[index] ?? notStarted;
        });
      });
      await Promise.race([running, mustRespond]);
    },
  };
  const late = mustRespond.then(async () => {
    limit.abort();
    // A turn of the event loop, to return the known outcomes.
    await turnOfEventLoop();
  });
  let fates: readonly (Fate | undefined)[] | undefined = [];
  try {
    fates = (await Promise.race([redelivery(request), late])) ?? undefined;
    if (!fates) request.log('redelivery did not end in time');
    await running;
  } catch (error) {
    request.log(`redelivery failed with ${nameOf(error)}`, error);
  }
  return {
    outcomes: [...outcomes],
    fates: outcomes.map(({ status }, position) => (status === 'succeeded' ? undefined : fates?.[position])),
  };
}

/** Returns the messages at these positions as a batch, in the lanes that they have. */
function partOf({ source, messages, lanes, records }: Batch, positions: readonly number[]): Batch {
  const places = new Map(positions.map((position, place) => [position, place]));
  const at = <Item>(items: readonly Item[]): Item[] => items.filter((_, position) => places.has(position));
  return {
    source,
    messages: at(messages),
    records: at(records),
    lanes: lanes
      .map((lane) => lane.flatMap((position) => places.get(position) ?? []))
      .filter(({ length }) => length > 0),
  };
}
