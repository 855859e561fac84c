import type { ServedInvocation } from '@parallel-lambda/local-stack/server';

/** What a function has done since it is served. */
export class FunctionTally {
  invocations = 0;
  /** Invocations without a response. */
  failed = 0;
  /** Messages of its mapping. */
  done = 0;
  /** Messages that were not done when their batch was: delivered again, or given up. */
  again = 0;
  lastDurationMs: number | undefined;

  add({ result, batch }: ServedInvocation): void {
    this.invocations += 1;
    if (result.status !== 'success') this.failed += 1;
    this.lastDurationMs = result.report.durationMs;
    if (!batch) return;
    this.done += batch.messages - batch.failed;
    this.again += batch.failed;
  }
}
