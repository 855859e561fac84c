import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('./fixtures/shutdown.ts', import.meta.url));

/** Runs a process with layers until it is ready, sends it SIGTERM, and returns what it printed and how it ended. */
async function shutDown(layers: string, mode = '') {
  const child = spawn(process.execPath, [program, layers, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    printed += text;
    if (text.includes('ready')) child.kill('SIGTERM');
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { lines: printed.trim().split('\n'), code, signal };
}

it('releases its layer when Lambda sends SIGTERM, and then the process ends', async () => {
  expect(await shutDown('a')).toEqual({
    lines: ['built a', 'ready', 'released a'],
    code: null,
    signal: 'SIGTERM',
  });
});

it('releases the layers of all techniques of a process', async () => {
  const { lines, signal } = await shutDown('a,b');
  expect(lines).toEqual(['built a', 'built b', 'ready', 'released a', 'released b']);
  expect(signal).toBe('SIGTERM');
});

it('leaves the end of the process to a listener of the function', async () => {
  expect(await shutDown('a', 'own listener')).toEqual({
    lines: ['built a', 'ready', 'released a'],
    code: 7,
    signal: null,
  });
});

it('does not listen any more after it was disposed of', async () => {
  expect(await shutDown('a', 'disposed')).toEqual({
    lines: ['built a', 'released a', 'ready'],
    code: null,
    signal: 'SIGTERM',
  });
});

it('logs by the logger of the handler that a layer was not released, and then the process ends', async () => {
  expect(await shutDown('a', 'release fails')).toEqual({
    lines: [
      'built a',
      'ready',
      "logged: The layer of fiberWorkers was not released: 'RangeError: still in use'",
      'released a',
    ],
    code: null,
    signal: 'SIGTERM',
  });
});
