import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

import { LocalFunction } from '../src/index.ts';
import { definition } from './definition.ts';

// Invokes a function while this process may open no further file, if it is set so, or the disk is full. Prints how that
// ended, what is left of the attempts, and how an invocation ends when files can be opened again.
const opened: number[] = [];

function openAll(): void {
  try {
    for (;;) opened.push(openSync('/dev/null', 'r'));
  } catch {
    // There is none left.
  }
}

async function outcome(): Promise<string> {
  await using local = new LocalFunction(definition('handlers', 'handlers.echo'));
  try {
    return (await local.invoke({})).status;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Returns the number of open descriptors once every child has ended, except for the shell that watches this process. */
async function descriptors(): Promise<number> {
  const [thread = ''] = readdirSync('/proc/self/task');
  const children = () => readFileSync(`/proc/self/task/${thread}/children`, 'latin1').trim().split(/\s+/);
  while (children().some((child) => child !== '' && !isWatcher(child))) await setImmediate();
  return readdirSync('/proc/self/fd').length;
}

function isWatcher(process: string): boolean {
  try {
    return readFileSync(`/proc/${process}/cmdline`, 'latin1').includes('end-owned');
  } catch {
    // It has ended since it was listed.
    return true;
  }
}

await outcome();
const before = await descriptors();
if (process.argv[2] === 'open') openAll();
const during = [await outcome(), await outcome()];
for (const descriptor of opened) closeSync(descriptor);
const after = await descriptors();
process.stdout.write(JSON.stringify({ during, before, after, again: await outcome() }));
