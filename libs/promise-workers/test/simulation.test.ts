import { simulation } from '@parallel-lambda/conformance';
import work from '@parallel-lambda/conformance/simulation-work';

import { promiseWorkers } from '../src/index.ts';

simulation('promise workers', ({ workers }) => promiseWorkers({ work, workers }));
