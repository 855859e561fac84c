import { LocalFunction } from '../src/index.ts';
import { definition } from './definition.ts';

// Holds a function that never ends, and says so, until it is ended itself: by a signal, by an error or by its own.
const local = new LocalFunction(definition('handlers', 'handlers.leavesProcess'));
void local.invoke({}, { onLog: (entry) => process.stdout.write(`${entry}\n`) });
process.stdin.once('data', (how: Buffer) => {
  if (how.toString() === 'throw') throw new Error('a fault of the caller');
  process.exit(5);
});
