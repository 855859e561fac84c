import { describe } from './describe.ts';
import { InvalidOptionError } from './errors.ts';

const DEFAULT_MARGIN_MS = 500;
/** The longest delay of a timer: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Options for stopping a batch early, before Lambda's own timeout. */
export interface DeadlineOptions {
  /**
   * The time between the deadline and Lambda's timeout, in milliseconds: for the grace and the response.
   * @default 500, or a fifth of the remaining time if that is less
   */
  readonly marginMs?: number;
  /**
   * The time that running work gets to settle after the deadline, in milliseconds, at most `marginMs`.
   * @default half the margin
   */
  readonly graceMs?: number;
}

/**
 * The moments of a batch that is stopped early, before Lambda's own timeout:
 *
 * ```text
 * start ──────────────▶ deadline ──────────▶ graceOver ──────────▶ mustRespond ──────────▶ timeout
 *  messages start        signal aborted:      running work is       response is made,       Lambda kills
 *                        none starts          abandoned, inter-     whatever is still       the process
 *                        any more             rupted, terminated    running
 *                       │◀──── graceMs ─────▶│◀ half of the rest ─▶│                       │
 *                       │◀─────────────────────── marginMs ───────────────────────────────▶│
 * ```
 *
 * Without a Lambda context none of them ever comes.
 */
export interface Deadline {
  /** The deadline in milliseconds since the epoch; `undefined` if there is none. */
  readonly atMs: number | undefined;
  /** Aborted at the deadline. */
  readonly signal: AbortSignal;
  /**
   * Reads the clock, aborts the signal if the deadline has been reached, and returns whether it has. Call it before each
   * start: a timer never fires while synchronous messages follow one another.
   */
  abortIfReached(): boolean;
  /** Fulfilled at the deadline. */
  readonly reached: Promise<void>;
  /** Fulfilled when the grace is over: abandon, interrupt or terminate the work that is still running. */
  readonly graceOver: Promise<void>;
  /** Fulfilled half-way between `graceOver` and Lambda's timeout: respond, and wait for nothing any more. */
  readonly mustRespond: Promise<void>;
}

/**
 * Starts the clock of one batch.
 *
 * @param remainingMs the time until Lambda's timeout, from `context.getRemainingTimeInMillis()`; `undefined` for no deadline
 * @returns the deadline. Dispose of it with the batch, or its timers outlive the response.
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
  const graceOverMs = atMs + graceMs;
  return new BatchDeadline({ atMs, graceOverMs, mustRespondMs: graceOverMs + (marginMs - graceMs) / 2 });
}

/** The moments of a deadline, in milliseconds since the epoch. */
interface Moments {
  readonly atMs: number;
  readonly graceOverMs: number;
  readonly mustRespondMs: number;
}

/** A deadline by the clock; without moments, one that never comes. */
class BatchDeadline implements Deadline, Disposable {
  readonly atMs: number | undefined;
  readonly reached: Promise<void>;
  readonly graceOver: Promise<void>;
  readonly mustRespond: Promise<void>;
  readonly #aborter = new AbortController();
  readonly #resolveReached: () => void;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(moments?: Moments) {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.reached = promise;
    this.#resolveReached = () => {
      resolve(undefined);
    };
    this.atMs = moments?.atMs;
    this.#at(moments?.atMs, () => {
      this.#abort();
    });
    this.graceOver = this.#moment(moments?.graceOverMs);
    this.mustRespond = this.#moment(moments?.mustRespondMs);
  }

  get signal(): AbortSignal {
    return this.#aborter.signal;
  }

  abortIfReached(): boolean {
    if (!this.signal.aborted && Date.now() >= (this.atMs ?? Infinity)) this.#abort();
    return this.signal.aborted;
  }

  [Symbol.dispose](): void {
    this.#timers.forEach(clearTimeout);
  }

  #abort(): void {
    this.#aborter.abort(new DeadlineReached());
    this.#resolveReached();
  }

  #moment(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      this.#at(ms, resolve);
    });
  }

  #at(ms: number | undefined, act: () => void): void {
    if (ms === undefined) return;
    this.#timers.push(setTimeout(act, Math.min(Math.max(ms - Date.now(), 0), MAX_TIMER_MS)));
  }
}

/** The reason of the batch's `AbortSignal`. */
export class DeadlineReached extends Error {
  override readonly name = 'DeadlineReached';

  constructor() {
    super("The deadline before Lambda's timeout was reached: the batch stops early");
  }
}

function margins(remainingMs: number, options: DeadlineOptions): Required<DeadlineOptions> {
  const marginMs = options.marginMs ?? Math.min(DEFAULT_MARGIN_MS, remainingMs / 5);
  const graceMs = options.graceMs ?? marginMs / 2;
  return { marginMs, graceMs: Math.min(graceMs, marginMs) };
}

/**
 * Checks margin and grace while the function starts, rather than at its first batch.
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
