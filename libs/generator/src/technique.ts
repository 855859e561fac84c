import path from 'node:path';

import {
  formatFiles,
  generateFiles,
  installPackagesTask,
  readJson,
  updateJson,
  type GeneratorCallback,
  type Tree,
} from '@nx/devkit';

import { addRow } from './add-row.ts';
import { addToList } from './add-to-list.ts';
import { namesOf } from './names.ts';

/** What `schema.json` describes. */
export interface TechniqueOptions {
  readonly name: string;
  readonly library?: string;
  readonly skipInstall?: boolean;
}

interface References {
  readonly references: readonly { readonly path: string }[];
}

const list = 'infra/src/techniques.ts';
const templates = path.resolve(import.meta.dirname, '../templates');

/**
 * Generates a further technique: a library that is not written yet, a function, its line in the list, its row in the
 * README.
 *
 * @returns what Nx calls when the files are written: npm links the two packages
 * @throws {Error} when a name is not in small letters with hyphens, or is taken; nothing is written then
 */
export default async function technique(tree: Tree, options: TechniqueOptions): Promise<GeneratorCallback> {
  const names = namesOf(options.name, options.library);
  const parts = { function: `apps/${names.technique}`, library: `libs/${names.library}` };
  refuseTaken(tree, [names.technique, names.library]);
  const { version } = readJson<{ version: string }>(tree, 'libs/batch/package.json');
  for (const [part, folder] of Object.entries(parts)) {
    generateFiles(tree, path.join(templates, part), folder, { ...names, version });
  }
  update(tree, list, (source) => addToList(source, names.technique));
  update(tree, 'README.md', (readme) => addRow(readme, names));
  updateJson<References>(tree, 'tsconfig.json', ({ references, ...others }) => ({
    ...others,
    references: [...references, ...Object.values(parts).map((folder) => ({ path: `./${folder}` }))],
  }));
  await formatFiles(tree);
  return () => {
    if (options.skipInstall !== true) installPackagesTask(tree, true);
    console.log(
      `\nNow write ${parts.library}/src/work-on-batch.ts: its conformance suite is red until then.`,
    );
  };
}

/** Projects share one space of names: those of folders, of packages and of functions. */
function refuseTaken(tree: Tree, names: readonly string[]): void {
  const folders = ['apps', 'libs', '.'].flatMap((parent) =>
    names.map((name) => path.posix.join(parent, name)),
  );
  const taken = folders.find((folder) => tree.exists(folder));
  if (taken !== undefined) throw new Error(`The name is taken: there is ${taken} already.`);
}

function update(tree: Tree, file: string, change: (text: string) => string): void {
  tree.write(file, change(tree.read(file, 'utf8') ?? ''));
}
