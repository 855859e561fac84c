import type { Delivery } from '../event-source.ts';
import type { DiscardedBatch, StreamSource } from '../polled/discarded-batch.ts';
import { invokeUntilTaken } from './invoke-until-taken.ts';
import type { MappedFunction, MappingEvents } from './mapped-function.ts';

/** A source that runs on its state machine alone, in real time. */
export interface StateMachineMappingOptions extends MappingEvents {
  readonly source: StreamSource;
  /** Concurrent batches; shards and pollers limit them too. @default Infinity */
  readonly maximumConcurrency?: number | undefined;
  readonly invoke: MappedFunction;
  /** Called with the records that the source discarded, in order. */
  readonly onDiscarded?: ((batches: readonly DiscardedBatch[]) => void) | undefined;
}

/**
 * Passes a source's batches to a function in real time: for streams and topics, which have no local service.
 * {@link StateMachineMapping.wake} it whenever something was put into the source.
 */
export class StateMachineMapping implements AsyncDisposable {
  readonly #options: StateMachineMappingOptions;
  readonly #stopping = new AbortController();
  readonly #inFlight = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #reportedBatches = 0;

  constructor(options: StateMachineMappingOptions) {
    this.#options = options;
  }

  /** Delivers the waiting records. */
  wake(): void {
    const { source, maximumConcurrency = Infinity } = this.#options;
    clearTimeout(this.#timer);
    while (!this.#stopping.signal.aborted && this.#inFlight.size < maximumConcurrency) {
      const delivery = source.next(Date.now());
      if (!delivery) {
        this.#wakeLater(source.wakeAtMs);
        break;
      }
      this.#start(delivery);
    }
    this.#reportDiscarded();
  }

  /** Starts no further batch and waits for those in flight. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await Promise.all(this.#inFlight);
  }

  #wakeLater(atMs: number | undefined): void {
    if (atMs === undefined || atMs === -Infinity) return;
    this.#timer = setTimeout(
      () => {
        this.wake();
      },
      Math.max(atMs - Date.now(), 0),
    );
  }

  #start(delivery: Delivery): void {
    const work = this.#work(delivery)
      .catch((error: unknown) => this.#options.onError?.(error))
      .finally(() => {
        this.#inFlight.delete(work);
        this.wake();
      });
    this.#inFlight.add(work);
  }

  async #work(delivery: Delivery): Promise<void> {
    const { source, invoke, onSettled } = this.#options;
    const { signal } = this.#stopping;
    const result = await invokeUntilTaken(() => invoke(delivery.event), Infinity, signal);
    if (!result) return;
    const failed = source.settle(delivery, result, Date.now());
    onSettled?.({ messages: delivery.messageIds.length, failed, result });
  }

  #reportDiscarded(): void {
    const { source, onDiscarded } = this.#options;
    const batches = source.discarded.slice(this.#reportedBatches);
    this.#reportedBatches += batches.length;
    if (batches.length > 0) onDiscarded?.(batches);
  }
}
