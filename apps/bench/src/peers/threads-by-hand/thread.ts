import { parentPort } from 'node:worker_threads';

import { handler } from '../by-hand/handler.ts';
import type { SqsRecord } from '../sqs.ts';

parentPort?.on('message', (records: readonly SqsRecord[]) => {
  void handler({ Records: records }).then((response) => parentPort?.postMessage(response));
});
