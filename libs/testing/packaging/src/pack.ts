/** `node libs/testing/packaging/src/pack.ts <folder>`: packs every published package, as `npm publish` does. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

import { buildCommand } from './build-command.ts';
import { publishedPackages } from './published.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('The folder for the tarballs is missing, such as out/packages');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const workspace = process.cwd();
const folders = [...publishedPackages.map(({ dist }) => dist), await buildCommand(workspace)];
const output = execFileSync('npm', ['pack', ...folders, '--pack-destination', folder, '--json'], {
  encoding: 'utf8',
});
const packed = Object.values(JSON.parse(output) as object) as { name: string; filename: string }[];
for (const { name, filename } of packed) {
  // Without the version, so that the README's command holds in every version.
  const tarball = path.join(folder, `${path.basename(name)}.tgz`);
  renameSync(path.join(folder, filename), tarball);
  console.log(tarball);
}
