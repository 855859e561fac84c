import { AdaptiveLimit, type Clocks, type LimitRange } from './adaptive-limit.ts';
import { endingOf } from './ending-of.ts';

/** The option `workers` of a technique that finds the number: see `adaptive`. */
export interface AdaptiveWorkers {
  /** The smallest limit of messages in flight. */
  readonly min: number;
  /** The largest limit of messages in flight. */
  readonly max: number;
  /** Creates the limit of one technique, or of one of its threads. */
  readonly createLimit: () => AdaptiveLimit;
  /** Returns what an error says about the service. */
  readonly endingOf: typeof endingOf;
}

/** Creates adaptive workers from a range that is checked already. */
export function adaptiveWorkers({ min, max }: LimitRange): AdaptiveWorkers {
  return { min, max, createLimit: () => new AdaptiveLimit({ min, max }, processClocks()), endingOf };
}

/** Returns the clocks of this thread. */
function processClocks(): Clocks {
  let last = performance.eventLoopUtilization();
  return {
    now: () => performance.now(),
    utilization() {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, last);
      last = now;
      return utilization;
    },
  };
}
