import { InvalidOptionError } from './errors.ts';
import { MAX_MANAGED_TIMEOUT_MS } from './function-timeout.ts';
import { checkMilliseconds } from './technique/check-options.ts';

/** Milliseconds that a margin leaves at least after the grace period, to make the response. */
const MIN_RESPONSE_MS = 50;
const DEFAULT_MARGIN_MS = 500;
/** The longest delay of a timer: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Options for stopping a batch early, before Lambda's own timeout. */
export interface DeadlineOptions {
  /**
   * The time between the deadline and Lambda's timeout, in milliseconds, at least 50: for the grace period and the
   * response. It is at most half of the remaining time at the start, so that messages can be processed.
   * @default 500, with a `redelivery` 2,000, or a fifth of the remaining time if that is less; at least twice `graceMs` if
   * that is set
   */
  readonly marginMs?: number;
  /**
   * The grace period: the time after the deadline in which running work can settle, in milliseconds, at most `marginMs`
   * less 50 for the response. It is shortened in proportion if the margin is too long for the remaining time.
   * @default half the margin
   */
  readonly graceMs?: number;
}

/**
 * The moments of a batch that is stopped early, before Lambda's own timeout:
 *
 * ```text
 * start ─────────────▶ deadline ─────────────▶ graceOver ─────────────▶ mustRespond ────────▶ timeout
 *  messages start       signal aborted,         running work is          response is made,     Lambda kills
 *                       none starts             abandoned, interrupted,  whatever is still     the process
 *                       any more                terminated               running
 *                      │◀────── graceMs ──────▶│◀─ half of the rest ───▶│                     │
 *                      │◀────────────────────────── marginMs ────────────────────────────────▶│
 * ```
 *
 * Without a Lambda context, none of these moments is reached.
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
  /** Fulfilled when the grace period is over: abandon, interrupt or terminate the work that is still running. */
  readonly graceOver: Promise<void>;
  /** Fulfilled halfway between `graceOver` and Lambda's timeout: respond immediately. */
  readonly mustRespond: Promise<void>;
}

/** A deadline whose clock runs. Dispose of it with the batch, or its timers outlive the response. */
export interface RunningDeadline extends Deadline, Disposable {
  /**
   * Half-way between `mustRespond` and Lambda's timeout, in milliseconds since the epoch: optional parts of the
   * response, such as log lines, are left out from now on. Infinity without a deadline.
   */
  readonly lastCallMs: number;
}

/**
 * Starts the clock of one batch.
 *
 * @param remainingMs the time until Lambda's timeout, from `context.getRemainingTimeInMillis()`; `undefined` for no deadline
 * @param defaultMarginMs the margin if the options have none, unless a fifth of the remaining time is less
 * @throws {InvalidOptionError} when margin or grace is out of range
 */
export function startDeadline(
  remainingMs: number | undefined,
  options: DeadlineOptions = {},
  defaultMarginMs: number = DEFAULT_MARGIN_MS,
): RunningDeadline {
  checkDeadlineOptions(options);
  return new BatchDeadline(remainingMs, margins(remainingMs ?? 0, options, defaultMarginMs));
}

/** A deadline by the clock. */
class BatchDeadline implements RunningDeadline {
  readonly atMs: number | undefined;
  readonly lastCallMs: number;
  readonly reached: Promise<void>;
  readonly graceOver: Promise<void>;
  readonly mustRespond: Promise<void>;
  readonly #aborter = new AbortController();
  readonly #resolveReached: (value: undefined) => void;
  readonly #timers: NodeJS.Timeout[] = [];

  /** @param remainingMs without it, the deadline is never reached */
  constructor(remainingMs: number | undefined, { marginMs, graceMs }: Required<DeadlineOptions>) {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.reached = promise;
    // Not a new function: V8 keeps what the class of a function assigned to a property can see until a full collection.
    this.#resolveReached = resolve;
    const timeoutMs = Date.now() + (remainingMs ?? Infinity);
    const responseMs = marginMs - graceMs;
    this.atMs = remainingMs === undefined ? undefined : timeoutMs - marginMs;
    this.lastCallMs = timeoutMs - responseMs / 4;
    this.#at(timeoutMs - marginMs, () => {
      this.#abort();
    });
    this.graceOver = this.#moment(timeoutMs - responseMs);
    this.mustRespond = this.#moment(timeoutMs - responseMs / 2);
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
    this.#resolveReached(undefined);
  }

  #moment(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#at(ms, resolve);
    });
  }

  #at(ms: number, act: () => void): void {
    if (ms === Infinity) return;
    this.#timers.push(setTimeout(act, Math.min(Math.max(ms - Date.now(), 0), MAX_TIMER_MS)));
  }
}

/**
 * The reason of the batch's `AbortSignal`. Its name is `AbortError` and its code `ABORT_ERR`, as of any aborted operation;
 * `error instanceof DeadlineReached` is true for the deadline only.
 */
export class DeadlineReached extends Error {
  override readonly name = 'AbortError';
  /** The code of any aborted operation of Node.js. */
  readonly code = 'ABORT_ERR';

  constructor() {
    super("The deadline before Lambda's timeout was reached: the batch stops early");
  }
}

function margins(
  remainingMs: number,
  options: DeadlineOptions,
  defaultMarginMs: number,
): Required<DeadlineOptions> {
  const usual = Math.max(Math.min(defaultMarginMs, remainingMs / 5), 2 * (options.graceMs ?? 0));
  const wantedMs = options.marginMs ?? usual;
  const marginMs = Math.max(Math.min(wantedMs, remainingMs / 2), 0);
  const graceMs = options.graceMs ?? wantedMs / 2;
  // In proportion, so that time to respond remains.
  return { marginMs, graceMs: wantedMs > 0 ? (graceMs * marginMs) / wantedMs : 0 };
}

/**
 * Checks margin and grace while the function starts, rather than at its first batch.
 *
 * @throws {InvalidOptionError} when one is not a number from 0 to 5,400,000, or they leave no time to respond
 */
export function checkDeadlineOptions({
  marginMs = MAX_MANAGED_TIMEOUT_MS,
  graceMs = 0,
}: DeadlineOptions): void {
  checkMilliseconds('marginMs', marginMs);
  checkMilliseconds('graceMs', graceMs);
  if (graceMs <= marginMs - MIN_RESPONSE_MS) return;
  throw new InvalidOptionError(
    `marginMs (${marginMs}) must be at least ${MIN_RESPONSE_MS} milliseconds more than graceMs (${graceMs}), to make the response.`,
  );
}
