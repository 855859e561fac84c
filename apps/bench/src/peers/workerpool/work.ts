import workerpool from 'workerpool';

import { workOn } from '../sqs.ts';

workerpool.worker({ workOn });
