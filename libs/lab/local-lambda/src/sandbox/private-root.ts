import {
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import type { RuntimeModules } from '../runtime-modules.ts';
import { MountTable } from './mount-table.ts';

/** Folders of an isolated environment, as on Lambda. */
export const layout = {
  /** The function's code. */
  task: '/var/task',
  /** The runtime client. */
  runtime: '/var/runtime',
  /** Modules of the lab that are required before the runtime. */
  preload: '/var/preload',
  /** The installation of Node.js. */
  node: '/var/lang',
  /** The function's layers. */
  layers: '/opt',
  /** The only folder that can be written to. */
  tmp: '/tmp',
} as const;

/** Folder of the packages of the runtime, with a folder for each of their origins. */
const packagesRoot = '/var/packages';

/** Folders of this machine, absolute, by the place that an environment sees them in. */
export type Contents = Readonly<Record<Exclude<keyof typeof layout, 'layers'>, string>> & {
  readonly layers?: string | undefined;
  /** A package that the function finds above its code, without the packages installed beside it. @default none */
  readonly modules?: RuntimeModules | undefined;
};

/** A folder tree to become the root of an environment, and the file that lists what to mount in it. */
export interface PrivateRoot {
  readonly root: string;
  /** Mounts in the format of `fstab`. */
  readonly table: string;
}

/** Path of the machine's root folder, from its replacement to its removal. */
export const formerRoot = 'former-root';

/** Programs, libraries and settings of the system. Those that a machine does not have are left out. */
const systemFolders = [
  ...['usr', 'bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'etc'],
  // NixOS and Guix, where the others link to.
  ...['nix', 'gnu', 'run/current-system'],
];

/** Never all of `/dev`, which the root user could empty. */
const devices = ['null', 'zero', 'full', 'random', 'urandom'];

/**
 * Prepares the root folder of an environment: read-only copies of the system's folders and of what the function needs, an
 * own `/tmp`, and no other file of this machine. Nothing is mounted yet.
 *
 * @param folder absolute, an empty folder of the environment
 */
export function preparePrivateRoot(folder: string, contents: Contents): PrivateRoot {
  const root = path.join(folder, 'root');
  const table = new MountTable(root);
  mkdirSync(path.join(root, formerRoot), { recursive: true });
  table.readOnly(root, '/');
  for (const name of systemFolders) addSystemFolder(table, root, name);
  addFile(table, root, resolverSettings());
  mkdirSync(path.join(root, 'proc'));
  table.writable('/proc', '/proc');
  for (const name of devices) addFile(table, root, `/dev/${name}`);
  for (const [name, target] of Object.entries(layout) as [keyof typeof layout, string][]) {
    const source = contents[name];
    if (source === undefined) continue;
    mkdirSync(path.join(root, target), { recursive: true });
    if (name === 'tmp') table.writable(source, target);
    else table.readOnly(realpathSync(source), target);
  }
  if (contents.modules) addModules(table, root, contents.modules);
  const file = path.join(folder, 'mounts');
  writeFileSync(file, table.toString());
  return { root, table: file };
}

/** Node.js finds a package by its link in `/node_modules`, and its dependencies beside the package itself. */
function addModules(table: MountTable, root: string, { folders, packages }: RuntimeModules): void {
  const place = (index: number): string => path.join(packagesRoot, String(index), 'node_modules');
  folders.forEach((folder, index) => {
    mkdirSync(path.join(root, place(index)), { recursive: true });
    table.readOnly(folder, place(index));
  });
  for (const [name, index] of packages) {
    const link = path.join(root, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(place(index), name), link);
  }
}

function addSystemFolder(table: MountTable, root: string, name: string): void {
  const source = path.join('/', name);
  const stats = lstatSync(source, { throwIfNoEntry: false });
  const target = path.join(root, name);
  if (stats) mkdirSync(path.dirname(target), { recursive: true });
  if (stats?.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
  else if (stats?.isDirectory()) {
    mkdirSync(target);
    table.readOnly(source, source);
  }
}

/** Target of the link `/etc/resolv.conf`, which may be outside of the system folders. */
function resolverSettings(): string {
  const settings = '/etc/resolv.conf';
  return existsSync(settings) ? realpathSync(settings) : settings;
}

function addFile(table: MountTable, root: string, file: string): void {
  if (!existsSync(file) || /^\/(?:etc|usr)\//.test(file)) return;
  const target = path.join(root, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, '');
  if (file.startsWith('/dev/')) table.writable(file, file);
  else table.readOnly(file, file);
}
