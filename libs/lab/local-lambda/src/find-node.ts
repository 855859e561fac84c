import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

/** The first version on which the lab's own runtime client runs. */
const oldestMajor = 22;

/** The package on npm with the program for this platform, which needs no install script, unlike the package `node`. */
const platformPackage = `node-${process.platform}-${process.arch}`;

/** Folders that may hold programs of Node.js. */
export interface NodePlaces {
  /** The version of this process, such as `24.1.0`, and its program. */
  readonly own: { readonly version: string; readonly program: string };
  /** Folders of version managers that have a folder for each version, and the program in it. */
  readonly managers: readonly (readonly [folder: string, program: string])[];
  /** The folder in which npx keeps packages. */
  readonly npx: string;
}

function placesHere(): NodePlaces {
  const { NVM_DIR, FNM_DIR, VOLTA_HOME, npm_config_cache: cache } = process.env;
  const home = homedir();
  const shared = path.join(home, '.local/share');
  return {
    own: { version: process.versions.node, program: process.execPath },
    managers: [
      [path.join(NVM_DIR ?? path.join(home, '.nvm'), 'versions/node'), 'bin/node'],
      [path.join(FNM_DIR ?? path.join(shared, 'fnm'), 'node-versions'), 'installation/bin/node'],
      [path.join(VOLTA_HOME ?? path.join(home, '.volta'), 'tools/image/node'), 'bin/node'],
      [path.join(home, '.asdf/installs/nodejs'), 'bin/node'],
      [path.join(shared, 'mise/installs/node'), 'bin/node'],
    ],
    npx: path.join(cache ?? path.join(home, '.npm'), '_npx'),
  };
}

const found = new Map<string, string | undefined>();

/** Installs a version of Node.js, such as 22, and returns its program. @default none is installed */
let install: ((major: number) => string | undefined) | undefined;

/**
 * Lets npx download the Node.js of a runtime from now on, if it is missing.
 *
 * @param onInstall is given the version before each download, such as 22
 */
export function installMissingNode(onInstall: (major: number) => void): void {
  install = (major) => {
    onInstall(major);
    const name = `--package=${platformPackage}@${major}`;
    const node = ['node', '--print', 'process.execPath'];
    const { stdout } = spawnSync('npx', ['--yes', name, '--', ...node], { cwd: tmpdir(), encoding: 'utf8' });
    // Nothing if npx is missing or cannot reach the registry.
    const program = (stdout as string | null)?.trim().split('\n').at(-1) ?? '';
    return path.isAbsolute(program) ? program : undefined;
  };
  found.clear();
}

/**
 * Finds the program of Node.js for a runtime: of this process, of a version manager, or of a package that npx has installed.
 *
 * @param runtime such as `nodejs22.x`
 * @returns absolute; nothing if there is none, or the runtime is older than Node.js 22
 */
export function findNode(runtime: string): string | undefined {
  if (!found.has(runtime)) found.set(runtime, findNodeIn(runtime, placesHere(), install));
  return found.get(runtime);
}

/** Finds it in these places. The newest version wins. A missing one may be installed. */
export function findNodeIn(
  runtime: string,
  { own, managers, npx }: NodePlaces,
  installed?: (major: number) => string | undefined,
): string | undefined {
  const major = majorOf(runtime);
  if (major === undefined) return undefined;
  if (own.version.startsWith(`${major}.`)) return own.program;
  if (major < oldestMajor) return undefined;
  const candidates = [
    ...managers.flatMap(([folder, program]) =>
      namesIn(folder).map((name) => ({
        version: name.replace(/^v/, ''),
        program: path.join(folder, name, program),
      })),
    ),
    ...namesIn(npx).flatMap((name) =>
      ['node', platformPackage].map((node) => packageIn(path.join(npx, name, 'node_modules', node))),
    ),
  ];
  const [newest] = candidates
    .filter(({ version, program }) => version.startsWith(`${major}.`) && existsSync(program))
    .sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }));
  return newest?.program ?? installed?.(major);
}

/** Says what to do where a function does not run on the Node.js of its runtime; nothing if it does. */
export function nodeNote(runtime: string): string | undefined {
  if (findNode(runtime) !== undefined) return undefined;
  const [own = ''] = process.versions.node.split('.');
  const major = majorOf(runtime);
  const remedy =
    major !== undefined && major >= oldestMajor
      ? `. To run it on Node.js ${major}, install that with npx --yes node@${major} --version, or let serve or invoke do so with --node npx`
      : '';
  return `it is meant for ${runtime} and runs on Node.js ${own} here${remedy}`;
}

function majorOf(runtime: string): number | undefined {
  const [, major] = /^nodejs(\d+)\./.exec(runtime) ?? [];
  return major === undefined ? undefined : Number(major);
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** A package with the program of its version. */
function packageIn(folder: string): { readonly version: string; readonly program: string } {
  const manifest = path.join(folder, 'package.json');
  const program = path.join(folder, 'bin/node');
  if (!existsSync(manifest)) return { version: '', program };
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  return { version, program };
}
