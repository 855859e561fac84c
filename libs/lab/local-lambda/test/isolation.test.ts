import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { mkdtempDisposable } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { LocalFunction } from '../src/index.ts';
import { isolation } from '../src/sandbox/isolation.ts';
import { definition } from './definition.ts';
import { runtimes } from './runtimes.ts';

const unprivileged = 65_534;
const program = fileURLToPath(new URL('process-that-writes.ts', import.meta.url));

const { isolated } = isolation();

describe.each(runtimes)('a function on $name', ({ options, skip }) => {
  const invoke = async (handler: string, event: unknown, codeFolder?: string): Promise<unknown> => {
    const files = definition('handlers', `files.${handler}`, codeFolder === undefined ? {} : { codeFolder });
    await using local = new LocalFunction(files, options);
    const result = await local.invoke(event);
    return result.status === 'success' ? result.payload : result.error;
  };

  it.skipIf(skip || !isolated).for(['off', 'enforced'] as const)(
    'has the path /tmp to itself: limits %s',
    async (limits) => {
      const name = `own-${process.pid}`;
      const leavesFile = definition('handlers', 'pool.leavesFile');
      await using one = new LocalFunction(leavesFile, { ...options, limits });
      await using other = new LocalFunction(leavesFile, { ...options, limits });
      for (const files of [[name], [name, `${name}-2`]]) {
        const result = await one.invoke({ folder: '/tmp', name: files.at(-1) });
        expect(result).toMatchObject({ payload: { folder: '/tmp', files }, isolation: { isolated: true } });
      }
      expect(await other.invoke({ folder: '/tmp', name: 'b' })).toMatchObject({ payload: { files: ['b'] } });
      expect(readdirSync('/tmp').filter((file) => file.startsWith(name))).toEqual([]);
    },
  );

  describe.skipIf(skip || !isolated)('in isolation', () => {
    it('sees only its code, Node.js and the system', async () => {
      const folders = [
        import.meta.dirname,
        path.dirname(process.execPath),
        homedir(),
        '/sys',
        '/run/docker.sock',
      ];
      const seen = (await invoke('sees', { paths: folders })) as Record<string, readonly string[]>;
      expect(seen).toMatchObject({
        var: ['lang', 'packages', 'preload', 'runtime', 'task'],
        node: '/var/lang/bin/node',
        hasHome: false,
        found: [],
      });
      const system = ['bin', 'etc', 'gnu', 'lib', 'lib32', 'lib64', 'libx32', 'nix', 'run', 'sbin', 'usr'];
      const own = ['dev', 'former-root', 'node_modules', 'proc', 'tmp', 'var'];
      expect(seen.root?.filter((name) => !system.includes(name))).toEqual(own);
    });

    it('can write only to its /tmp', async () => {
      const devices = ['null', 'zero', 'full', 'random', 'urandom'].map((name) => `/dev/${name}`);
      const mounts = (await invoke('writableMounts', {})) as readonly string[];
      expect(mounts.filter((mount) => !devices.includes(mount) && !mount.startsWith('/proc'))).toEqual([
        '/tmp',
      ]);
      const folders = ['/', '/var/task', '/var/runtime', '/var/lang', '/usr', '/etc', '/dev', '/tmp'];
      const codes = folders.map((folder) => (folder === '/tmp' ? 'written' : 'EROFS'));
      expect(await invoke('writes', { folders })).toEqual(codes);
    });

    it('cannot delete its code, in any folder', async () => {
      await using folder = await mkdtempDisposable("/tmp/where it's #1 ");
      const codeFolder = path.join(folder.path, 'code');
      cpSync(definition('handlers', '').codeFolder, codeFolder, { recursive: true });
      expect(await invoke('clears', {}, codeFolder)).toMatchObject({ errorType: 'Error' });
      expect(existsSync(path.join(codeFolder, 'files.mjs'))).toBe(true);
      expect(await invoke('writes', { folders: ['/var/task'] }, codeFolder)).toEqual(['EROFS']);
    });
  });
});

describe.skipIf(process.getuid?.() !== 0 || !isolated)('a machine', () => {
  const asUnprivileged = [
    'setpriv',
    `--reuid=${unprivileged}`,
    `--regid=${unprivileged}`,
    '--clear-groups',
  ] as const;
  /** True if other users may read the program: not if the project is in a private folder. */
  const isReadable =
    spawnSync(asUnprivileged[0], [...asUnprivileged.slice(1), 'test', '-r', program]).status === 0;

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
      const how = expect.stringMatching(/^control groups cannot be written: /) as unknown;
      expect(await runBehind(...asUnprivileged)).toMatchObject({
        limits: { cpu: { enforced: false, how }, memory: { enforced: false, how } },
        isolation: { isolated: true, how: 'by a mount namespace' },
        payload: { folder: '/tmp', files: ['a'], uid: unprivileged },
      });
    },
  );

  it('states why it does not, and has TMPDIR instead', async () => {
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
      isolation: {
        isolated: false,
        how: expect.stringMatching(/^mount namespaces cannot be created: .*No space left/) as unknown,
      },
      payload: { folder: expect.stringMatching(/^\/tmp\/machine-.*\/tmp$/) as unknown, files: ['a'] },
    });
  });
});
