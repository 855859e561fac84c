import { InvalidOptionError } from './errors.ts';
import { describe } from './describe.ts';
import { LazySignal } from './lazy-signal.ts';

const defaultMarginMs = 500;
const longestTimerMs = 2 ** 31 - 1;

/** How a batch is wound up before Lambda's own timeout. */
export interface DeadlineOptions {
  /**
   * How long before Lambda's timeout the deadline is, in milliseconds: time for the grace and the response.
   * @default 500, or a fifth of the remaining time where that is less
   */
  readonly marginMs?: number;
  /**
   * How long after the deadline running work may take to settle before it is given up, in milliseconds, at
   * most the margin.
   * @default half the margin
   */
  readonly graceMs?: number;
}

/** The moment before Lambda's own timeout at which the batch is wound up. */
export interface Deadline {
  /** In milliseconds since the epoch; `undefined` where there is none. */
  readonly atMs: number | undefined;
  /** Aborted when the deadline comes. */
  readonly signal: AbortSignal;
  /**
   * Whether the deadline has come. It reads the clock, since a timer alone never fires while synchronous
   * messages follow one another: to be asked at every claim.
   */
  passed(): boolean;
  /** Fulfilled when the deadline has come. Without a deadline, never. */
  readonly reached: Promise<void>;
  /** Fulfilled when the grace is over: from now on running work is given up. Without a deadline, never. */
  readonly givenUp: Promise<void>;
  /**
   * Fulfilled half-way between giving up and Lambda's timeout: what was given up and is still being stopped is
   * no longer waited for, so that the response arrives. Without a deadline, never.
   */
  readonly outOfTime: Promise<void>;
}

/**
 * Starts the clock of one batch.
 *
 * @param remainingMs what `context.getRemainingTimeInMillis()` says; `undefined` for no deadline
 * @returns the deadline, to be disposed of with the batch: its timers must not outlive the response
 * @throws {InvalidOptionError} when margin or grace is negative or not a number, or the grace exceeds the margin
 */
export function startDeadline(
  remainingMs: number | undefined,
  options: DeadlineOptions = {},
): Deadline & Disposable {
  checkDeadlineOptions(options);
  if (remainingMs === undefined) return new BatchDeadline();
  const { marginMs, graceMs } = margins(remainingMs, options);
  const atMs = Date.now() + remainingMs - marginMs;
  return new BatchDeadline({ atMs, givenUpMs: atMs + graceMs, outOfTimeMs: atMs + (marginMs + graceMs) / 2 });
}

/** A deadline by the clock, in milliseconds since the epoch; without moments one that never comes. */
class BatchDeadline extends LazySignal implements Deadline, Disposable {
  readonly atMs: number | undefined;
  readonly reached: Promise<void>;
  readonly givenUp: Promise<void>;
  readonly outOfTime: Promise<void>;
  readonly #reach: (value: undefined) => void;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(moments?: Readonly<Record<'atMs' | 'givenUpMs' | 'outOfTimeMs', number>>) {
    super();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#reach = resolve;
    this.reached = promise;
    this.atMs = moments?.atMs;
    this.#at(moments?.atMs, () => {
      this.#come();
    });
    this.givenUp = this.#moment(moments?.givenUpMs);
    this.outOfTime = this.#moment(moments?.outOfTimeMs);
  }

  passed(): boolean {
    if (!this.isAborted && Date.now() >= (this.atMs ?? Infinity)) this.#come();
    return this.isAborted;
  }

  [Symbol.dispose](): void {
    this.#timers.forEach(clearTimeout);
  }

  #come(): void {
    this.abort(new DeadlineReached());
    this.#reach(undefined);
  }

  #moment(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      this.#at(ms, resolve);
    });
  }

  #at(ms: number | undefined, act: () => void): void {
    if (ms === undefined) return;
    this.#timers.push(setTimeout(act, Math.min(Math.max(ms - Date.now(), 0), longestTimerMs)));
  }
}

/** The reason of the batch's `AbortSignal`. */
export class DeadlineReached extends Error {
  override readonly name = 'DeadlineReached';

  constructor() {
    super("The deadline before Lambda's timeout was reached: the batch is wound up");
  }
}

function margins(remainingMs: number, options: DeadlineOptions): Required<DeadlineOptions> {
  const marginMs = options.marginMs ?? Math.min(defaultMarginMs, remainingMs / 5);
  const graceMs = options.graceMs ?? marginMs / 2;
  return { marginMs, graceMs: Math.min(graceMs, marginMs) };
}

/**
 * Checks margin and grace: while the function starts, rather than at its first batch.
 *
 * @throws {InvalidOptionError} when one is negative or not a finite number, or the grace exceeds the margin
 */
export function checkDeadlineOptions({ marginMs, graceMs }: DeadlineOptions): void {
  for (const [name, value] of Object.entries({ marginMs, graceMs })) {
    if (value !== undefined && !(Number.isFinite(value) && value >= 0)) {
      throw new InvalidOptionError(
        `${name} must be a number of milliseconds from 0 on, not ${describe(value)}`,
      );
    }
  }
  if (marginMs !== undefined && graceMs !== undefined && graceMs > marginMs) {
    throw new InvalidOptionError(`graceMs (${graceMs}) must not exceed marginMs (${marginMs})`);
  }
}
