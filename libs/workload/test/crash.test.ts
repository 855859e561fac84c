import { execFile } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';

import { expect, test } from 'vitest';

import { workOn } from './messages.ts';

const exits = new URL('./exits.ts', import.meta.url);

test('exit ends the process with its code', async () => {
  const code = await new Promise((resolve) => {
    const child = execFile(process.execPath, [exits.pathname], () => {
      resolve(child.exitCode);
    });
  });
  expect(code).toBe(7);
});

test('exit in a thread ends that thread alone', async () => {
  const code = await new Promise((resolve, reject) => {
    new Worker(exits).once('exit', resolve).once('error', reject);
  });
  expect(code).toBe(7);
});

test('spin never returns', () => {
  // The virtual machine ends what runs for too long, which nothing else in this thread could.
  const run = () => void runInNewContext('work()', { work: () => workOn({ spin: true }) }, { timeout: 20 });
  expect(run).toThrow('Script execution timed out');
});
