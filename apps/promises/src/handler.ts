import { batchHandler } from '@parallel-lambda/batch';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import { simulated, work } from '@parallel-lambda/workload';

export const handler = simulated(batchHandler(promiseWorkers({ work })));
