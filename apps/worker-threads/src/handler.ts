import { batchHandler } from '@parallel-lambda/batch';
import { batchMetrics } from '@parallel-lambda/batch-metrics';
import { sqsRedelivery } from '@parallel-lambda/sqs';
import { threadWorkers } from '@parallel-lambda/thread-workers';
import { simulated, workersSetting } from '@parallel-lambda/workload';

const work = new URL('./work.js', import.meta.url);

export const handler = simulated(
  batchHandler(threadWorkers({ work, ...workersSetting() }), {
    redelivery: sqsRedelivery(),
    onBatchEnd: batchMetrics(),
  }),
);
