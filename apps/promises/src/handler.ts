import { batchHandler } from '@parallel-lambda/batch';
import { batchMetrics } from '@parallel-lambda/batch-metrics';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import { simulated, work } from '@parallel-lambda/workload';

export const handler = simulated(batchHandler(promiseWorkers({ work }), { onBatchEnd: batchMetrics() }));
