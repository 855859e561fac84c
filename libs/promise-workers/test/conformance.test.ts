import { conformance } from '@parallel-lambda/conformance';
import work from '@parallel-lambda/conformance/work';

import { promiseWorkers } from '../src/index.ts';

conformance('promise workers', ({ workers }) => promiseWorkers({ work, workers }));
