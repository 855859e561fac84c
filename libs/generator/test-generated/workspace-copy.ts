import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const workspace = path.resolve(import.meta.dirname, '../../..');

/** What a command did. */
interface Ended {
  readonly status: number | null;
  /** Of stdout and stderr, without the colours that Nx asks of what it runs. */
  readonly output: string;
}

/** A copy of the workspace as it is now, in a folder of its own, with what is installed, and nothing that was built. */
export class WorkspaceCopy implements Disposable {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'workspace-'));

  constructor() {
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: workspace,
      encoding: 'utf8',
    });
    for (const file of files.split('\0').filter((name) => name !== '')) {
      cpSync(path.join(workspace, file), this.path(file), { recursive: true });
    }
    this.#linkModules();
    this.must('git', 'init', '--quiet');
    this.must('git', 'add', '--all');
    this.must(
      'git',
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@localhost',
      'commit',
      '--quiet',
      '-m',
      'A copy',
    );
  }

  path(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  /** Runs one of the workspace's programs, or a program of the system, in the copy. */
  run(program: string, ...args: string[]): Ended {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, ...own, PATH: `${this.path('node_modules/.bin')}:${process.env.PATH ?? ''}` },
    });
    return { status, output: stripVTControlCharacters(stdout + stderr) };
  }

  /** The same, for a command that must succeed. */
  must(program: string, ...args: string[]): string {
    const { status, output } = this.run(program, ...args);
    if (status !== 0)
      throw new Error(`${program} ${args.join(' ')} ended with ${status ?? 'a signal'}\n${output}`);
    return output;
  }

  /** What has changed since the copy was made: paths of files and of folders that are new. */
  changes(): readonly string[] {
    const lines = this.must('git', 'status', '--porcelain').split('\n');
    return lines.filter((line) => line !== '').map((line) => line.slice(3));
  }

  /** Hard links, where the file system can: 700 MB are in the copy within two seconds. */
  #linkModules(): void {
    const from = path.join(workspace, 'node_modules');
    const linked = spawnSync('cp', ['-RPl', from, this.folder]);
    if (linked.status !== 0) {
      rmSync(this.path('node_modules'), { recursive: true, force: true });
      execFileSync('cp', ['-RP', from, this.folder]);
    }
    // npm writes into this file where it is: the workspace's own must not be what it writes to.
    const lockfile = 'node_modules/.package-lock.json';
    rmSync(this.path(lockfile));
    cpSync(path.join(workspace, lockfile), this.path(lockfile));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The Nx of the copy is not to take the workspace's, which runs this test, for its own. */
const own = {
  NX_DAEMON: 'false',
  NX_WORKSPACE_ROOT_PATH: undefined,
  NX_CACHE_DIRECTORY: undefined,
  NX_TASK_HASH: undefined,
  NX_TASK_TARGET_PROJECT: undefined,
  NX_TASK_TARGET_TARGET: undefined,
  NX_INVOKED_BY_RUNNER: undefined,
  NX_FORKED_TASK_EXECUTOR: undefined,
  NX_LOAD_DOT_ENV_FILES: undefined,
  NX_SET_CLI: undefined,
};
