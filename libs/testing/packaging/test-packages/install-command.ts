import { readFileSync } from 'node:fs';
import path from 'node:path';

const workspace = path.resolve(import.meta.dirname, '../../../..');

/**
 * The README's command that installs the tarballs, for these packages.
 *
 * @returns the arguments of npm: `install`, and the path of each tarball
 * @throws {Error} when the README has no such command
 */
export function installCommand(packages: readonly string[]): readonly string[] {
  const readme = readFileSync(path.join(workspace, 'README.md'), 'utf8');
  const [, clone, folder] = /^npm install (\S+?)\/(out\/packages)\/batch\.tgz /m.exec(readme) ?? [];
  if (clone !== '../parallel-lambda' || folder === undefined) {
    throw new Error('README.md does not install ../parallel-lambda/out/packages/batch.tgz');
  }
  return ['install', ...packages.map((name) => path.join(workspace, folder, `${name}.tgz`))];
}
