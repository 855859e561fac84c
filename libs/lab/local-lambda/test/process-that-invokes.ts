import { LocalFunction } from '../src/index.ts';
import { definition } from './definition.ts';

if (process.argv[2] === 'freeze') await freeze();
else runForEver();

// Holds a function that never ends, and says so, until it is ended itself: by a signal, by an error or by its own.
function runForEver(): void {
  const local = new LocalFunction(definition('handlers', 'handlers.leavesProcess'));
  void local.invoke({}, { onLog: (entry) => process.stdout.write(`${entry}\n`) });
  process.stdin.once('data', (how: Buffer) => {
    if (how.toString() === 'throw') throw new Error('a fault of the caller');
    process.exit(5);
  });
}

/** Holds a frozen environment, and says which. */
async function freeze(): Promise<void> {
  const local = new LocalFunction(definition('handlers', 'pool.leavesFile'), {
    limits: process.argv[3] === 'enforced' ? 'enforced' : 'off',
  });
  await local.invoke({ name: 'a' });
  process.stdout.write(`${JSON.stringify({ pid: local.environments[0]?.pid })}\n`);
  process.stdin.resume();
}
