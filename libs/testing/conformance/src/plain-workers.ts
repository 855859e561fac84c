import type { Deed } from './deeds.ts';
import type { SourceUnderTest } from './sources-under-test.ts';

/** Work that does nothing before its gate is opened or the deadline comes. */
export const waitingDeeds = [
  'gate',
  'gate, then fail',
  'heed the signal',
  'heed the signal, then succeed',
] as const satisfies readonly Deed[];

/** A message whose work waits. */
export interface WaitingMessage {
  readonly group: string;
  readonly do: (typeof waitingDeeds)[number];
}

/**
 * The model of workers: what becomes of a batch of messages whose work waits, step by step. It is written from the words
 * of the contract, in the plainest way, apart from any technique: workers take the lanes in the order of their first
 * message and go through each until a message does not succeed; where the source keeps a checkpoint, nothing after a
 * failure is started; after the deadline nothing is started at all.
 *
 * One gate is opened at a time, so it is settled what happens next: it does not depend on who is faster.
 */
export class PlainWorkers {
  readonly started = new Set<number>();
  readonly succeeded = new Set<number>();
  readonly failed = new Set<number>();
  readonly #messages: readonly WaitingMessage[];
  readonly #lanes: number[][];
  readonly #checkpoint: boolean;
  readonly #opened = new Set<number>();
  /** What is left of the lanes in work, first the message that waits. */
  #inWork: number[][] = [];
  #woundUp = false;

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
    for (let worker = 0; worker < workers; worker += 1) this.#takeLane();
  }

  /** How many messages have succeeded or failed. */
  get ended(): number {
    return this.succeeded.size + this.failed.size;
  }

  /** Opens the gate of a message, which may not have been started yet. */
  open(position: number): void {
    this.#opened.add(position);
    const lane = this.#inWork.find(([first]) => first === position);
    if (!lane) return;
    this.#inWork = this.#inWork.filter((other) => other !== lane);
    this.#work(lane);
  }

  /** The deadline comes. */
  windUp(): void {
    this.#woundUp = true;
    for (const [position = -1] of this.#inWork) {
      const deed = this.#messages[position]?.do;
      if (deed === 'heed the signal') this.failed.add(position);
      if (deed === 'heed the signal, then succeed') this.succeeded.add(position);
    }
  }

  #takeLane(): void {
    const lane = this.#lanes.shift();
    if (lane) this.#goThrough(lane);
  }

  #goThrough(lane: number[]): void {
    const [position] = lane;
    if (position === undefined || this.#woundUp || this.#isAfterAFailure(position)) {
      this.#takeLane();
    } else {
      this.started.add(position);
      this.#work(lane);
    }
  }

  #work([position = -1, ...rest]: number[]): void {
    const deed = this.#messages[position]?.do;
    if (deed === 'gate' && this.#opened.has(position)) {
      this.succeeded.add(position);
      this.#goThrough(rest);
    } else if (deed === 'gate, then fail' && this.#opened.has(position)) {
      this.failed.add(position);
      this.#takeLane();
    } else {
      this.#inWork.push([position, ...rest]);
    }
  }

  #isAfterAFailure(position: number): boolean {
    return this.#checkpoint && [...this.failed].some((failed) => failed < position);
  }
}
