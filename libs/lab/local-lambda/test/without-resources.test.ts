import { spawn } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { isolation } from '../src/index.ts';

const program = fileURLToPath(new URL('process-without-resources.ts', import.meta.url));

interface Seen {
  readonly during: readonly string[];
  readonly before: number;
  readonly after: number;
  readonly again: string;
}

async function run(script: string, folder: string, ...args: readonly string[]): Promise<Seen> {
  const shell = ['sh', '-c', `${script} && exec "$@"`, 'sh', process.execPath, program, ...args];
  const [file = '', ...command] = script.startsWith('mount') ? ['unshare', '--mount', ...shell] : shell;
  const child = spawn(file, command, {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
    // It waits for the end of its children, so one that was left would keep it.
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  return JSON.parse(await text(child.stdout)) as Seen;
}

describe.skipIf(!isolation().isolated)('an environment that cannot be started', () => {
  it('rejects its invocation, and leaves neither a process nor a descriptor: no file can be opened', async () => {
    const { during, before, after, again } = await run('ulimit -n 256', tmpdir(), 'open');
    expect(during).toEqual(during.map(() => expect.stringContaining('EMFILE') as unknown));
    expect(after).toBe(before);
    expect(again).toBe('success');
  });

  it.skipIf(process.getuid?.() !== 0)(
    'rejects its invocation, and leaves neither a process nor a descriptor: the disk is full',
    async () => {
      await using folder = await mkdtempDisposable(path.join(tmpdir(), 'full-'));
      const { during, before, after } = await run(
        `mount -t tmpfs -o size=4k tmpfs '${folder.path}'`,
        folder.path,
      );
      expect(during).toEqual(during.map(() => expect.stringContaining('ENOSPC') as unknown));
      expect(after).toBe(before);
    },
  );
});
