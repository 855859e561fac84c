/** Runs as a process or as a thread, which the step ends. */
import { workOn } from './messages.ts';

await workOn([{ exit: 7 }]);
process.exitCode = 99;
