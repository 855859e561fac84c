import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { mkdtempDisposable } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { LocalFunction } from '../src/index.ts';
import { ownTmp } from '../src/sandbox/own-tmp.ts';
import { definition } from './definition.ts';
import { runtimes } from './runtimes.ts';

const nobody = 65_534;
const program = fileURLToPath(new URL('process-that-writes.ts', import.meta.url));

describe.each(runtimes)('the path /tmp on $name', ({ options, skip }) => {
  it.skipIf(skip || !ownTmp().own).for(['off', 'enforced'] as const)(
    "is an environment's own: limits %s",
    async (limits) => {
      const name = `own-${process.pid}`;
      await using one = new LocalFunction(definition('handlers', 'pool.leavesFile'), { ...options, limits });
      await using other = new LocalFunction(definition('handlers', 'pool.leavesFile'), {
        ...options,
        limits,
      });
      for (const files of [[name], [name, `${name}-2`]]) {
        const result = await one.invoke({ folder: '/tmp', name: files.at(-1) });
        expect(result).toMatchObject({ payload: { folder: '/tmp', files }, tmp: { own: true } });
      }
      expect(await other.invoke({ folder: '/tmp', name: 'b' })).toMatchObject({ payload: { files: ['b'] } });
      expect(readdirSync('/tmp').filter((file) => file.startsWith(name))).toEqual([]);
    },
  );

  it.skipIf(skip || !ownTmp().own)('may be where the code of the function is', async () => {
    await using folder = await mkdtempDisposable("/tmp/where it's ");
    const codeFolder = path.join(folder.path, 'code');
    cpSync(definition('handlers', '').codeFolder, codeFolder, { recursive: true });
    const there = definition('handlers', 'pool.leavesFile', { codeFolder });
    {
      await using local = new LocalFunction(there, options);
      const result = await local.invoke({ folder: '/tmp', name: 'a' });
      expect(result).toMatchObject({ payload: { files: ['a'] } });
    }
    expect(existsSync(path.join(codeFolder, 'pool.mjs'))).toBe(true);
  });
});

describe.skipIf(process.getuid?.() !== 0 || !ownTmp().own)('a machine', () => {
  const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] as const;
  /** Whether others than root may read the program: not where the project stands in somebody's closed folder. */
  const isReadable = spawnSync(asNobody[0], [...asNobody.slice(1), 'test', '-r', program]).status === 0;

  /** @param before the command that the program is an argument of */
  const runBehind = async (...before: [string, ...string[]]): Promise<unknown> => {
    await using folder = await mkdtempDisposable('/tmp/machine-');
    chmodSync(folder.path, 0o777);
    const [file, ...args] = [...before, process.execPath, program];
    const env = { ...process.env, TMPDIR: folder.path };
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    return JSON.parse(await text(child.stdout));
  };

  it.skipIf(!isReadable)(
    'gives it to others than root too, but no limits where no control group can be written',
    async () => {
      const how = expect.stringMatching(/^no control group can be written: /) as unknown;
      expect(await runBehind(...asNobody)).toMatchObject({
        limits: { cpu: { enforced: false, how }, memory: { enforced: false, how } },
        tmp: { own: true, how: 'by a mount namespace' },
        payload: { folder: '/tmp', files: ['a'], uid: nobody },
      });
    },
  );

  it('says why it does not, and has TMPDIR in its place', async () => {
    const forbid = 'echo 0 >/proc/sys/user/max_mnt_namespaces && exec "$@"';
    const forbidden: [string, ...string[]] = [
      'unshare',
      '--user',
      '--map-root-user',
      'sh',
      '-c',
      forbid,
      'sh',
    ];
    expect(await runBehind(...forbidden)).toMatchObject({
      tmp: {
        own: false,
        how: expect.stringMatching(/^no mount namespace can be made: .*No space left/) as unknown,
      },
      payload: { folder: expect.stringMatching(/^\/tmp\/machine-.*\/tmp-/) as unknown, files: ['a'] },
    });
  });
});
