import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { LabError, type FunctionDefinition } from '@parallel-lambda/local-lambda';

import { referableOf } from '../stack/referable.ts';
import type { ResolvedTemplate } from '../stack/resolve-templates.ts';
import { isNamed, layerName, missingLayerNote, packageScopes } from './known-layers.ts';
import { unpackedFolder } from './unpacked-folder.ts';

/** Finds the folder of a layer, absolute, by its ARN. There is none if it is not on this machine. */
export type LayerFolders = (arn: string) => string | undefined;

/** Folders and zip files of layers, by name or ARN, as the user gave them. */
export type GivenLayers = Readonly<Record<string, string>>;

/** The layers of a function, and what of them does not work here. */
export interface FunctionLayers {
  /** Their folders, absolute. */
  readonly folders: readonly string[];
  /** Scopes of npm whose packages replace layers that are not on this machine. */
  readonly scopes: readonly string[];
  /** Sentences for the user. */
  readonly notes: readonly string[];
}

/**
 * Finds the layers of templates. Those that are given come before those of the templates.
 *
 * @throws {LabError} `usage`, if no function has a layer that is given
 */
export function layerFolders(templates: readonly ResolvedTemplate[], given: GivenLayers = {}): LayerFolders {
  const all = templates.flatMap(({ resources, folder }) =>
    resources.map((resource) => ({ ...resource, folder })),
  );
  checkGiven(
    given,
    all.flatMap(({ type, properties }) =>
      type === 'AWS::Lambda::Function' ? arnsOf(properties.Layers) : [],
    ),
  );
  const own = new Map(
    all
      .filter(({ type }) => type === 'AWS::Lambda::LayerVersion')
      .map((layer): [string, string | undefined] => {
        const content =
          layer.assetPath === undefined ? undefined : path.resolve(layer.folder, layer.assetPath);
        return [referableOf(layer)?.ref ?? '', content === undefined ? undefined : unpackedFolder(content)];
      }),
  );
  return (arn) => {
    const [, place] = Object.entries(given).find(([name]) => isNamed(arn, name)) ?? [];
    return place === undefined ? own.get(arn) : unpackedFolder(path.resolve(place));
  };
}

function checkGiven(given: GivenLayers, arns: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (arns.some((arn) => isNamed(arn, name))) continue;
    const names = [...new Set(arns.map(layerName))].join(', ');
    const known = names === '' ? 'No function has a layer' : `The layers of the functions are ${names}`;
    throw new LabError('usage', `No function has the layer ${name} of --layer. ${known}.`);
  }
}

/** Returns the folders of layers that the user gave, absolute, for a function without a template. */
export function givenFolders(given: GivenLayers = {}): readonly string[] {
  return Object.values(given).flatMap((place) => unpackedFolder(path.resolve(place)) ?? []);
}

/** Adds layers that the user gave to functions without a template. */
export function withLayers(
  functions: readonly FunctionDefinition[],
  given: GivenLayers = {},
): readonly FunctionDefinition[] {
  const layers = givenFolders(given);
  return functions.map((definition) => ({ ...definition, ...(layers.length > 0 && { layers }) }));
}

/**
 * Finds the layers of a function.
 *
 * @param layers the property `Layers`: a list of ARNs
 * @param codeFolder of the function, absolute: packages of its project may replace a layer
 */
export function readLayers(layers: unknown, known: LayerFolders, codeFolder: string): FunctionLayers {
  const arns = arnsOf(layers);
  const folders = arns.flatMap((arn) => known(arn) ?? []);
  const missing = arns.filter((arn) => known(arn) === undefined);
  const extensions = folders.flatMap((folder) => {
    const extensionFolder = path.join(folder, 'extensions');
    return existsSync(extensionFolder) ? readdirSync(extensionFolder) : [];
  });
  return {
    folders,
    scopes: missing.flatMap((arn) => packageScopes(arn)),
    notes: [
      ...missing.map((arn) => missingLayerNote(arn, codeFolder)),
      ...extensions.map((name) => `the extension ${name} of its layers is not started`),
    ],
  };
}

function arnsOf(layers: unknown): readonly string[] {
  return Array.isArray(layers) ? layers.map(String) : [];
}
