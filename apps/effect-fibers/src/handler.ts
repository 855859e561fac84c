import { batchHandler } from '@parallel-lambda/batch';
import { batchMetrics } from '@parallel-lambda/batch-metrics';
import { fiberWorkers } from '@parallel-lambda/fiber-workers';
import { simulated, work } from '@parallel-lambda/workload';

export const handler = simulated(batchHandler(fiberWorkers({ work }), { onBatchEnd: batchMetrics() }));
