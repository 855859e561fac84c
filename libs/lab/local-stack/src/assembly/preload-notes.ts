import { existsSync } from 'node:fs';
import path from 'node:path';

import type { FunctionDefinition } from '@parallel-lambda/local-lambda';

/**
 * Returns a sentence for each module that `NODE_OPTIONS` loads before the function, and that is on this machine neither in its
 * code nor in its layers: Node.js would not start.
 */
export function preloadNotes({
  environment,
  codeFolder,
  layers = [],
}: Pick<FunctionDefinition, 'environment' | 'codeFolder' | 'layers'>): readonly string[] {
  const { NODE_OPTIONS: options = '' } = environment;
  const modules = [...options.matchAll(/(?:^|\s)(?:-r|--require|--import)[ =](\S+)/g)].map(
    ([, module = '']) => module,
  );
  return modules
    .filter((module) => !isFound(module, codeFolder, layers))
    .map(
      (module) =>
        `its NODE_OPTIONS load ${module}, which is in no layer on this machine. To load a layer, pass --layer NAME=FOLDER; to run without it, pass --env NODE_OPTIONS=`,
    );
}

function isFound(module: string, codeFolder: string, layers: readonly string[]): boolean {
  const places = [
    { prefix: '/opt/', folders: layers },
    { prefix: '/var/task/', folders: [codeFolder] },
  ];
  const place = places.find(({ prefix }) => module.startsWith(prefix));
  if (place)
    return place.folders.some((folder) => isModule(path.join(folder, module.slice(place.prefix.length))));
  // Others are built in, or depend on the folder in which Node.js starts.
  if (/^(?:[./]|\w+:)/.test(module)) return true;
  const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(module) ?? [module];
  const parents = [path.join(codeFolder, 'node_modules'), ...layers.flatMap(modulesOfLayer)];
  return parents.some((folder) => existsSync(path.join(folder, name)));
}

function isModule(file: string): boolean {
  return ['', '.js', '.cjs', '.mjs'].some((extension) => existsSync(file + extension));
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html */
function modulesOfLayer(layer: string): readonly string[] {
  const versions = ['node20', 'node22', 'node24'].map((version) => `nodejs/${version}/node_modules`);
  return ['nodejs/node_modules', ...versions].map((folder) => path.join(layer, folder));
}
