import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const workspace = path.resolve(import.meta.dirname, '../../../..');

/** The packages that are published, by their folders. */
export const packages = ['batch', 'promise-workers', 'thread-workers', 'fiber-workers'] as const;
export type PackageName = (typeof packages)[number];

/** The folder that is published, as the build has made it. */
export function builtPackage(name: PackageName): string {
  return path.join(workspace, 'libs', name, 'dist');
}

/** Packs every package, as publishing does. Returns the tarballs' paths. */
export async function pack(into: string): Promise<Record<PackageName, string>> {
  const folders = packages.map(builtPackage);
  const { stdout } = await promisify(execFile)('npm', [
    'pack',
    ...folders,
    '--pack-destination',
    into,
    '--json',
  ]);
  const packed = Object.values(JSON.parse(stdout) as object) as { name: string; filename: string }[];
  return Object.fromEntries(
    packed.map(({ name, filename }) => [path.basename(name), path.join(into, filename)]),
  ) as Record<PackageName, string>;
}
