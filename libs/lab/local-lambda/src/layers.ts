import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';

import type { FunctionDefinition } from './function-definition.ts';
import { layout } from './sandbox/private-root.ts';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * Returns one folder with the content of layers, in which a later layer replaces the files of an earlier one.
 *
 * @param layers their folders, absolute
 * @returns nothing without a layer
 * @see https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
 */
export function layersFolder(layers: readonly string[]): string | undefined {
  if (layers.length < 2) return layers[0];
  return temporaryFolder('layers', layers.join('\n'), (folder) => {
    for (const layer of layers) cpSync(layer, folder, { recursive: true });
  });
}

/**
 * Finds the script that starts the runtime instead of Lambda, in a layer or in the code.
 *
 * @returns its path in an environment, or nothing if there is none on this machine
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html#runtime-wrapper
 */
export function execWrapper({
  environment,
  layers = [],
  codeFolder,
}: Pick<FunctionDefinition, 'environment' | 'layers' | 'codeFolder'>): string | undefined {
  const { AWS_LAMBDA_EXEC_WRAPPER: wrapper = '' } = environment;
  const isIn = (place: string, folders: readonly string[]): boolean =>
    wrapper.startsWith(`${place}/`) &&
    folders.some((folder) => existsSync(path.join(folder, wrapper.slice(place.length))));
  return isIn(layout.layers, layers) || isIn(layout.task, [codeFolder]) ? wrapper : undefined;
}
