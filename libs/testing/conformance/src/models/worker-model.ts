import type { SourceUnderTest } from '../sources/sources-under-test.ts';
import type { Action } from '../work/actions.ts';

/** Actions that do nothing until their gate is opened or the deadline is reached. */
export const waitingActions = [
  'gate',
  'gate, then fail',
  'reject on abort',
  'succeed on abort',
] as const satisfies readonly Action[];

/** A message whose work waits. */
export interface WaitingMessage {
  readonly group: string;
  readonly do: (typeof waitingActions)[number];
}

/**
 * Models, step by step, how workers process a batch of messages that wait. It follows the contract, independent of any
 * technique: workers claim lanes in the order of their first message and process each until a message does not succeed.
 * If the source keeps a checkpoint, nothing after a failure is started. After the deadline nothing is started.
 *
 * The test opens one gate at a time, so the next step never depends on timing.
 */
export class WorkerModel {
  readonly started = new Set<number>();
  readonly succeeded = new Set<number>();
  readonly failed = new Set<number>();
  /** The messages that stopped because of the deadline. */
  readonly stopped = new Set<number>();
  readonly #messages: readonly WaitingMessage[];
  readonly #lanes: number[][];
  readonly #checkpoint: boolean;
  readonly #opened = new Set<number>();
  /** The rest of each claimed lane: the message in flight, then those behind it. */
  #inFlight: number[][] = [];
  #deadlineReached = false;

  constructor(
    { ordered, checkpoint }: SourceUnderTest,
    messages: readonly WaitingMessage[],
    workers: number,
  ) {
    const positions = [...messages.keys()];
    this.#messages = messages;
    this.#checkpoint = checkpoint;
    this.#lanes = ordered
      ? [...Map.groupBy(positions, (position) => messages[position]?.group).values()]
      : positions.map((position) => [position]);
    for (let worker = 0; worker < workers; worker += 1) this.#claimLane();
  }

  /** The number of messages whose work has ended. */
  get ended(): number {
    return this.succeeded.size + this.failed.size + this.stopped.size;
  }

  /** Opens the gate of a message, started or not. */
  open(position: number): void {
    this.#opened.add(position);
    const lane = this.#inFlight.find(([first]) => first === position);
    if (!lane) return;
    this.#inFlight = this.#inFlight.filter((other) => other !== lane);
    this.#proceed(lane);
  }

  /** Reaches the deadline: messages that react to the signal end. */
  reachDeadline(): void {
    this.#deadlineReached = true;
    for (const [position = -1] of this.#inFlight) {
      const action = this.#messages[position]?.do;
      if (action === 'reject on abort') this.stopped.add(position);
      if (action === 'succeed on abort') this.succeeded.add(position);
    }
  }

  #claimLane(): void {
    const lane = this.#lanes.shift();
    if (lane) this.#process(lane);
  }

  #process(lane: number[]): void {
    const [position] = lane;
    if (position === undefined || this.#deadlineReached || this.#isAfterAFailure(position)) {
      this.#claimLane();
    } else {
      this.started.add(position);
      this.#proceed(lane);
    }
  }

  #proceed([position = -1, ...rest]: number[]): void {
    const action = this.#messages[position]?.do;
    if (action === 'gate' && this.#opened.has(position)) {
      this.succeeded.add(position);
      this.#process(rest);
    } else if (action === 'gate, then fail' && this.#opened.has(position)) {
      this.failed.add(position);
      this.#claimLane();
    } else {
      this.#inFlight.push([position, ...rest]);
    }
  }

  #isAfterAFailure(position: number): boolean {
    return this.#checkpoint && [...this.failed].some((failed) => failed < position);
  }
}
