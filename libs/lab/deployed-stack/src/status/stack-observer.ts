import { sqsClient } from '../deployed-queue.ts';
import type { DeployedStack } from '../deployed-stack.ts';
import { LabError } from '@parallel-lambda/local-lambda';
import { functionMetrics, type FunctionMetrics } from './function-metrics.ts';
import { lookAtQueues, type TechniqueStatus } from './technique-status.ts';

/** Milliseconds for which the functions' metrics are good: CloudWatch has one figure a minute, and is paid by the look. */
const metricsLastMs = 60_000;

/** Looks at a stack's queues and functions, as often as it is asked to. */
export class StackObserver {
  readonly #stack: DeployedStack;
  readonly #minutes: number;
  readonly #client = sqsClient();
  #metrics: ReadonlyMap<string, FunctionMetrics> = new Map();
  #metricsAt = -Infinity;
  #withoutMetrics: string | undefined;

  /** @param minutes the window of the functions' metrics */
  constructor(stack: DeployedStack, minutes: number) {
    this.#stack = stack;
    this.#minutes = minutes;
  }

  /** Why there are no metrics, if there are none: the queues can be seen without them. */
  get withoutMetrics(): string | undefined {
    return this.#withoutMetrics;
  }

  async look(): Promise<readonly TechniqueStatus[]> {
    const [queues] = await Promise.all([lookAtQueues(this.#client, this.#stack), this.#refreshMetrics()]);
    return queues.map((status, index) => {
      const { functionName = '' } = this.#stack.techniques[index] ?? {};
      return { ...status, metrics: this.#metrics.get(functionName) ?? null };
    });
  }

  async #refreshMetrics(): Promise<void> {
    if (performance.now() - this.#metricsAt < metricsLastMs) return;
    this.#metricsAt = performance.now();
    const names = this.#stack.techniques.map(({ functionName }) => functionName);
    try {
      this.#metrics = await functionMetrics(names, this.#minutes);
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      this.#withoutMetrics = error.message;
    }
  }
}
