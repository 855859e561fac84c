import type { BatchHandler, BatchResponse, LambdaContext } from '@parallel-lambda/batch';

import { readSimulation } from './read-simulation.ts';
import { simulatedBatch } from './simulated-batch.ts';

/**
 * Lets a handler be tried without a source: an event `{}`, or one with only the property `simulate`,
 * runs a simulated SQS batch. Every other event is passed to the handler unchanged.
 *
 * @example
 * export const handler = simulated(batchHandler(promiseWorkers({ work })));
 * // then invoke it with {} or with {"simulate": {"messages": 64, "body": {"hash": 7}}}
 *
 * @returns the handler; it rejects with an {@link InvalidEventError} when `simulate` is invalid
 */
export function simulated(handler: BatchHandler): BatchHandler {
  async function simulatedHandler(event: unknown, lambda?: LambdaContext): Promise<BatchResponse> {
    const simulation = readSimulation(event);
    return handler(simulation ? simulatedBatch(simulation) : event, lambda);
  }

  return simulatedHandler as BatchHandler;
}
