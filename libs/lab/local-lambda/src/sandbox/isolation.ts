import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';

import { EnvironmentFolder } from '../environment-folder.ts';
import { findProgram } from './find-program.ts';
import { formerRoot, layout, preparePrivateRoot, type PrivateRoot } from './private-root.ts';

/** Isolation of an environment from the files of this machine, or the reason why it has none. */
export interface Isolation {
  readonly isolated: boolean;
  /** Such as `by a mount namespace`. */
  readonly how: string;
}

/** A program and its arguments. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** The variables that a shell adds to those that it was given. */
const shellVariables = ['PWD', 'OLDPWD', 'SHLVL', '_'].flatMap((name) => ['-u', name]);

let probed: Isolation | undefined;

/** Returns the isolation that this machine allows, which is determined once, by running Node.js in isolation. */
export function isolation(): Isolation {
  probed ??= probe();
  return probed;
}

/**
 * Returns an installation of Node.js: its folder, and where an isolated environment finds the program.
 *
 * @param file its program. @default that of this process
 */
export function nodeInstallation(file = process.execPath): {
  readonly folder: string;
  readonly program: string;
} {
  const program = realpathSync(file);
  // The libraries that it needs may be beside the folder of the program.
  const prefix = path.dirname(path.dirname(program));
  const folder = prefix === path.parse(program).root ? path.dirname(program) : prefix;
  return { folder, program: path.join(layout.node, path.relative(folder, program)) };
}

/**
 * Returns the command that runs another one in a separate root folder, with the function's code as working directory.
 * It reports when everything is in place, and waits for a line before it continues.
 *
 * @param descriptor on which it reports and waits, closed to the other command. @default it does not wait
 * @see https://man7.org/linux/man-pages/man7/mount_namespaces.7.html
 * @see https://man7.org/linux/man-pages/man8/pivot_root.8.html
 */
export function isolate({ file, args }: Command, { root, table }: PrivateRoot, descriptor?: number): Command {
  const { user, again } = asUser();
  const script = [
    `${findProgram('mount')} -a -T ${quoted(table)}`,
    `cd ${quoted(root)}`,
    `${findProgram('pivot_root')} . ${formerRoot}`,
    `${findProgram('umount')} -l /${formerRoot}`,
    `cd ${layout.task}`,
    ...(descriptor === undefined ? [] : [`echo >&${descriptor}`, `read -r line <&${descriptor}`]),
    `exec ${[...again, findProgram('env'), ...shellVariables, '"$@"'].join(' ')}${descriptor === undefined ? '' : ` ${descriptor}>&-`}`,
  ];
  return {
    file: findProgram('unshare'),
    args: [...user, '--mount', '/bin/sh', '-c', script.join(' && '), 'sh', file, ...args],
  };
}

/** Becomes root in a user namespace, because only root mounts, and the user again in a namespace within it. */
function asUser(): { readonly user: readonly string[]; readonly again: readonly string[] } {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  if (uid === 0) return { user: [], again: [] };
  return {
    user: ['--user', '--map-root-user'],
    again: [findProgram('unshare'), '--user', `--map-user=${uid}`, `--map-group=${gid}`],
  };
}

function probe(): Isolation {
  if (process.platform !== 'linux') {
    return { isolated: false, how: `there are no mount namespaces here (${process.platform})` };
  }
  const { folder: node, program } = nodeInstallation();
  const folder = new EnvironmentFolder();
  try {
    const { tmp } = folder;
    const root = preparePrivateRoot(folder.path, { node, task: tmp, runtime: tmp, preload: tmp, tmp });
    const { file, args } = isolate({ file: program, args: ['--version'] }, root);
    const { status, stderr, error } = spawnSync(file, args, { cwd: '/', env: {}, encoding: 'utf8' });
    if (status === 0) return { isolated: true, how: 'by a mount namespace' };
    const why = error?.message ?? stderr.trim().split('\n')[0] ?? '';
    return { isolated: false, how: `mount namespaces cannot be created: ${why}` };
  } finally {
    folder.remove();
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
