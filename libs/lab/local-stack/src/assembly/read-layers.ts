import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { referableOf } from '../stack/referable.ts';
import type { ResolvedTemplate } from '../stack/resolve-templates.ts';
import { unpackedFolder } from './unpacked-folder.ts';

/** The folders of the layers that templates hold, by ARN. A layer that is neither a folder nor a zip file has none. */
export type LayerFolders = ReadonlyMap<string, string | undefined>;

/** The layers of a function, and what of them does not work here. */
export interface FunctionLayers {
  /** Their folders, absolute. */
  readonly folders: readonly string[];
  /** Sentences for the user. */
  readonly notes: readonly string[];
}

/** Finds the layers of templates. */
export function layerFolders(templates: readonly ResolvedTemplate[]): LayerFolders {
  const layers = templates.flatMap(({ resources, folder }) =>
    resources
      .filter(({ type }) => type === 'AWS::Lambda::LayerVersion')
      .map((layer) => ({ ...layer, folder })),
  );
  return new Map(
    layers.map((layer): [string, string | undefined] => {
      const content = layer.assetPath === undefined ? undefined : path.resolve(layer.folder, layer.assetPath);
      return [referableOf(layer)?.ref ?? '', content === undefined ? undefined : unpackedFolder(content)];
    }),
  );
}

/**
 * Finds the layers of a function.
 *
 * @param layers the property `Layers`: a list of ARNs
 */
export function readLayers(layers: unknown, known: LayerFolders): FunctionLayers {
  const arns = Array.isArray(layers) ? layers.map(String) : [];
  const folders = arns.flatMap((arn) => known.get(arn) ?? []);
  const missing = arns.filter((arn) => known.get(arn) === undefined);
  const extensions = folders.flatMap((folder) => {
    const extensionFolder = path.join(folder, 'extensions');
    return existsSync(extensionFolder) ? readdirSync(extensionFolder) : [];
  });
  return {
    folders,
    notes: [
      ...missing.map(
        (arn) => `its layer ${arn} is not loaded: it is not in a folder or zip file on this machine`,
      ),
      ...extensions.map((name) => `the extension ${name} of its layers is not started`),
    ],
  };
}
