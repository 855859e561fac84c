import { conformance, simulation } from '../src/index.ts';
import simulationWork from '../src/simulation/work.ts';
import work from '../src/work/work.ts';
import { loopWorkers } from './loop-workers.ts';

conformance('loop workers', ({ workers }) => loopWorkers({ work, workers }));
simulation('loop workers', ({ workers }) => loopWorkers({ work: simulationWork, workers }));
