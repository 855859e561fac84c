import { adaptive } from '@parallel-lambda/batch';
import { conformance } from '@parallel-lambda/conformance';
import work from '@parallel-lambda/conformance/work';

import { promiseWorkers } from '../src/index.ts';

conformance('promise workers', ({ workers }) => promiseWorkers({ work, workers }));

conformance(
  'promise workers, adaptive',
  ({ workers }) => promiseWorkers({ work, workers: adaptive({ min: workers, max: workers }) }),
  { holdsBack: true },
);
