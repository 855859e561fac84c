import { LocalFunction } from '../src/index.ts';
import { definition } from './definition.ts';

if (process.argv[2] === 'freeze') await freeze();
else runForEver();

// Holds a function that never ends, and reports it, until this process ends: by a signal, an error or an exit.
function runForEver(): void {
  const local = new LocalFunction(definition('handlers', 'handlers.leavesProcess'));
  void local.invoke({}, { onLog: (entry) => process.stdout.write(`${entry}\n`) });
  process.stdin.once('data', (how: Buffer) => {
    if (how.toString() === 'throw') throw new Error('a fault of the caller');
    process.exit(5);
  });
}

/** Holds a frozen environment with detached processes, and prints their ids. */
async function freeze(): Promise<void> {
  const frozen = Promise.withResolvers<undefined>();
  const local = new LocalFunction(definition('handlers', 'handlers.detaches'), {
    limits: process.argv[3] === 'enforced' ? 'enforced' : 'off',
    onEnvironment: ({ state }) => {
      if (state === 'frozen') frozen.resolve(undefined);
    },
  });
  const { log } = await local.invoke({});
  await frozen.promise;
  const started = /started (.*)/.exec(log)?.[1] ?? '';
  const pids = [local.environments[0]?.pid, ...started.split(' ').map(Number)];
  process.stdout.write(`${JSON.stringify(pids)}\n`);
  process.stdin.resume();
}
