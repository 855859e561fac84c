import { batchHandler } from '@parallel-lambda/batch';
import { batchMetrics } from '@parallel-lambda/batch-metrics';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import { sqsRedelivery } from '@parallel-lambda/sqs';
import { simulated, work, workersSetting } from '@parallel-lambda/workload';

export const handler = simulated(
  batchHandler(promiseWorkers({ work, ...workersSetting() }), {
    redelivery: sqsRedelivery(),
    onBatchEnd: batchMetrics(),
  }),
);
