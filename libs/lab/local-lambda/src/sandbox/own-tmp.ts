import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** Whether an environment has the path `/tmp` to itself, and how; or why it has not. */
export interface OwnTmp {
  readonly own: boolean;
  /** Such as `by a mount namespace`. */
  readonly how: string;
}

/** A program, and what it is started with. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

const place = '/tmp';
const folders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin', '/run/current-system/sw/bin'];

/** What a shell adds to the variables that it was given. */
const shellVariables = ['PWD', 'OLDPWD', 'SHLVL', '_'].flatMap((name) => ['-u', name]);

let probed: OwnTmp | undefined;

/** What this machine allows: found out once, by doing it. */
export function ownTmp(): OwnTmp {
  probed ??= probe();
  return probed;
}

/**
 * The command that runs another one where the path `/tmp` is a folder, for it and whatever it starts. Of this
 * machine's own `/tmp` there is only what the other needs. It says so when all is in place, and waits for a line
 * before it goes on.
 *
 * The folder is bound to its place, since what is in a tmpfs would count as the environment's memory.
 *
 * @param folder absolute
 * @param needed files and folders, absolute
 * @param descriptor on which it says so and waits, closed to the other command. @default it does not wait
 * @see https://man7.org/linux/man-pages/man7/mount_namespaces.7.html
 */
export function inOwnTmp(
  { file, args }: Command,
  folder: string,
  needed: readonly string[],
  descriptor?: number,
): Command {
  const { user, again } = asUser();
  const steps = needed
    .flatMap((one) => placesOf(one))
    .filter((one, index, all) => all.indexOf(one) === index);
  const script = [
    // Where the code is may be covered: it is entered again.
    'code=$PWD',
    `cd ${quoted(folder)}`,
    ...steps.flatMap((kept) => {
      const inside = `./${path.basename(kept)}`;
      const make = statSync(kept).isDirectory() ? 'mkdir -p' : 'touch';
      return [`${make} ${quoted(inside)}`, `${find('mount')} --bind ${quoted(kept)} ${quoted(inside)}`];
    }),
    `${find('mount')} --rbind . ${place}`,
    'cd "$code"',
    ...(descriptor === undefined ? [] : [`echo >&${descriptor}`, `read -r line <&${descriptor}`]),
    `exec ${[...again, find('env'), ...shellVariables, '"$@"'].join(' ')}${descriptor === undefined ? '' : ` ${descriptor}>&-`}`,
  ];
  return {
    file: find('unshare'),
    args: [...user, '--mount', '/bin/sh', '-c', script.join(' && '), 'sh', file, ...args],
  };
}

/** Only root mounts; others are root in a namespace of users, and themselves again in one within that. */
function asUser(): { readonly user: readonly string[]; readonly again: readonly string[] } {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  if (uid === 0) return { user: [], again: [] };
  return {
    user: ['--user', '--map-root-user'],
    again: [find('unshare'), '--user', `--map-user=${uid}`, `--map-group=${gid}`],
  };
}

/** What lies directly in `/tmp` and holds a file or folder; nothing when that lies elsewhere. */
function placesOf(needed: string): string[] {
  if (!existsSync(needed)) return [];
  return [needed, realpathSync(needed)].flatMap((one) => {
    const [first = ''] = path.relative(place, one).split(path.sep);
    return first === '' || first === '..' ? [] : [path.join(place, first)];
  });
}

function probe(): OwnTmp {
  if (process.platform !== 'linux') {
    return { own: false, how: `there are no mount namespaces here (${process.platform})` };
  }
  const { file, args } = inOwnTmp({ file: find('true'), args: [] }, place, []);
  const { status, stderr, error } = spawnSync(file, args, { cwd: '/', env: {}, encoding: 'utf8' });
  if (status === 0) return { own: true, how: 'by a mount namespace' };
  const why = error?.message ?? stderr.trim().split('\n')[0] ?? '';
  return { own: false, how: `no mount namespace can be made: ${why}` };
}

/** By its path: a function may have a `PATH` of its own. */
function find(program: string): string {
  const found = folders.map((folder) => path.join(folder, program)).find(isExecutable);
  return found ?? program;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
