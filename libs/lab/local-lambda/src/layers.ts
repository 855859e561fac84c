import { cpSync } from 'node:fs';

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
