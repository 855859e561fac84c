import { batchHandler } from '@parallel-lambda/batch';
import { fiberWorkers } from '@parallel-lambda/fiber-workers';
import { simulated, work } from '@parallel-lambda/workload';

export const handler = simulated(batchHandler(fiberWorkers({ work })));
