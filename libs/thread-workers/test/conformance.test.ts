import { conformance } from '@parallel-lambda/conformance';

import { threadWorkers } from '../src/index.ts';

const work = new URL(import.meta.resolve('@parallel-lambda/conformance/work'));

conformance('thread workers', ({ workers }) => threadWorkers({ work, workers, threads: 2 }), {
  threads: true,
});
