import { batchHandler } from '@parallel-lambda/batch';
import { batchMetrics } from '@parallel-lambda/batch-metrics';
import { fiberWorkers } from '@parallel-lambda/fiber-workers';
import { sqsRedelivery } from '@parallel-lambda/sqs';
import { simulated, work, workersSetting } from '@parallel-lambda/workload';

export const handler = simulated(
  batchHandler(fiberWorkers({ work, ...workersSetting() }), {
    redelivery: sqsRedelivery(),
    onBatchEnd: batchMetrics(),
  }),
);
