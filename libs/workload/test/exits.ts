/** Run by itself, as a process or as a thread: the step ends it. */
import { workOn } from './messages.ts';

await workOn([{ exit: 7 }]);
process.exitCode = 99;
