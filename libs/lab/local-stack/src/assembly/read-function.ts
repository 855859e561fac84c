import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import {
  execWrapper,
  nodeNote,
  packagedFolder,
  temporaryFolder,
  type FunctionDefinition,
  type ManagedEnvironments,
} from '@parallel-lambda/local-lambda';

import { numberOf } from '../stack/property-values.ts';
import type { ResolvedResource } from '../stack/resolve-templates.ts';
import { recordOf } from '../stack/template-resource.ts';
import { findHandler } from './find-handler.ts';
import { managedEnvironments } from './managed-environments.ts';
import { preloadNotes } from './preload-notes.ts';
import { readLayers, type LayerFolders } from './read-layers.ts';
import { unpackedFolder } from './unpacked-folder.ts';

/** A function of the template that cannot be run on this machine. */
export interface SkippedFunction {
  readonly name: string;
  readonly logicalId: string;
  /** A sentence. */
  readonly reason: string;
}

/**
 * Reads one `AWS::Lambda::Function` of a template.
 *
 * @param assembly the folder that the paths of its assets are relative to
 */
export function readFunction(
  resource: ResolvedResource,
  assembly: string,
  knownLayers: LayerFolders,
): FunctionDefinition | SkippedFunction {
  const { name, logicalId, constructPath, properties } = resource;
  const skip = (reason: string): SkippedFunction => ({ name, logicalId, reason });
  const { Runtime: runtime, Handler: handler, PackageType: packageType } = properties;
  if (packageType === 'Image') {
    return skip(
      'it is an image, which is not run here. To run its code, pass the folder to invoke, check or tune',
    );
  }
  if (typeof runtime !== 'string' || !runtime.startsWith('nodejs')) {
    return skip(`it runs on ${typeof runtime === 'string' ? runtime : 'an image'}, not on Node.js`);
  }
  if (typeof handler !== 'string') return skip('its Handler is missing');
  const code = codeOf(resource, assembly);
  if ('missing' in code) return skip(code.missing);
  const codeFolder = code.folder;
  const layers = readLayers(properties.Layers, knownLayers, codeFolder);
  const variables = recordOf(recordOf(properties.Environment).Variables);
  const found = findHandler(handler, codeFolder, layers.folders, variables);
  if ('missing' in found) return skip(found.missing);
  const memoryMb = numberOf(properties.MemorySize ?? 128, NaN);
  if (Number.isNaN(memoryMb)) return skip(notANumber('MemorySize', properties.MemorySize));
  const timeoutSeconds = numberOf(properties.Timeout ?? 3, NaN);
  if (Number.isNaN(timeoutSeconds)) return skip(notANumber('Timeout', properties.Timeout));

  const managedInstances = managedEnvironments(properties, memoryMb);
  const reserved = numberOf(properties.ReservedConcurrentExecutions, NaN);
  const environment = Object.fromEntries(
    Object.entries(variables).map(([key, value]) => [key, String(value)]),
  );
  const placed = { codeFolder, layers: layers.folders, environment };
  return {
    name,
    logicalId,
    ...(constructPath !== undefined && { constructPath: constructPath.replace(/\/Resource$/, '') }),
    codeFolder,
    ...(layers.folders.length > 0 && { layers: layers.folders }),
    ...(layers.scopes.length > 0 && { layerScopes: layers.scopes }),
    handler: found.handler,
    runtime,
    architecture: JSON.stringify(properties.Architectures) === '["arm64"]' ? 'arm64' : 'x86_64',
    ...(managedInstances && { managedInstances }),
    memoryMb,
    timeoutSeconds,
    environment,
    ...logging(properties.LoggingConfig),
    ...(!Number.isNaN(reserved) && { reservedConcurrency: reserved }),
    notes: [
      ...notes(resource, runtime),
      ...managedNotes(managedInstances),
      ...layers.notes,
      ...(found.note === undefined ? [] : [found.note]),
      ...startNotes(placed),
    ],
  };
}

function logging(config: unknown): Pick<FunctionDefinition, 'logFormat' | 'logLevel'> {
  const { LogFormat: format, ApplicationLogLevel: level } = recordOf(config);
  if (format !== 'JSON') return { logFormat: 'Text' };
  return { logFormat: 'JSON', logLevel: typeof level === 'string' ? level : 'INFO' };
}

/** Settings of a function that change its events or its environment, and have no effect here. */
const notSimulated = ['DurableConfig', 'FileSystemConfigs'];

function notes({ properties, placeholders }: ResolvedResource, runtime: string): string[] {
  const node = nodeNote(runtime);
  const variables = recordOf(recordOf(properties.Environment).Variables);
  const replaced = Map.groupBy(
    placeholders,
    ({ property }) => /^Environment\.Variables\.([^.]+)/.exec(property)?.[1] ?? '',
  );
  replaced.delete('');
  const unserved = [...replaced].map(([name, all]) => {
    const value = String(variables[name]);
    const of = [...new Set(all.map((one) => one.of))].join(' and ');
    return value === of ? `${name}=${value}` : `${name}=${value} replaces ${of}`;
  });
  return [
    ...(unserved.length === 0
      ? []
      : [
          `its variables refer to resources that are not served here: ${unserved.join(', ')}. To set them, pass --env NAME=VALUE`,
        ]),
    ...(node === undefined ? [] : [node]),
    ...notSimulated
      .filter((setting) => properties[setting] !== undefined)
      .map((setting) => `its ${setting} is not simulated`),
  ];
}

/** Notes on variables that change how Lambda starts Node.js. */
function startNotes(placed: Parameters<typeof execWrapper>[0]): readonly string[] {
  const { AWS_LAMBDA_EXEC_WRAPPER: wrapper = '' } = placed.environment;
  const preloads = preloadNotes(placed);
  if (wrapper === '' || execWrapper(placed) !== undefined) return preloads;
  return [
    `its AWS_LAMBDA_EXEC_WRAPPER=${wrapper} is not run: it is in no layer on this machine. To load a layer, pass --layer NAME=FOLDER`,
    ...preloads,
  ];
}

function managedNotes(environments: ManagedEnvironments | undefined): string[] {
  if (!environments) return [];
  const { perEnvironment } = environments;
  return [
    `an environment on Managed Instances takes up to ${perEnvironment} invocations at a time: here too with --runtime aws, else one`,
  ];
}

/** The folder of the code, absolute, or why there is none. */
function codeOf(
  resource: ResolvedResource,
  assembly: string,
): { readonly folder: string } | { readonly missing: string } {
  const place = placeOf(resource, assembly);
  if (place === undefined) return { missing: 'its code is neither a local folder or zip file nor inline' };
  const folder = unpackedFolder(place);
  if (folder !== undefined) return { folder: packagedFolder(folder) };
  return {
    missing: `its code is neither a folder nor a zip file: ${place}. Run cdk synth, sam build or your build step`,
  };
}

/** The folder or zip file of the code, absolute: an asset, or a folder made for inline code. */
function placeOf({ name, properties, assetPath }: ResolvedResource, assembly: string): string | undefined {
  const { ZipFile: inline, S3Key: key } = recordOf(properties.Code);
  if (typeof inline === 'string') {
    return temporaryFolder(`inline-${name}`, inline, (folder) => {
      writeFileSync(path.join(folder, 'index.js'), inline);
    });
  }
  if (assetPath !== undefined) return path.resolve(assembly, assetPath);
  // The Serverless Framework writes the packages that it uploads beside the template.
  const packaged = typeof key === 'string' ? path.join(assembly, path.basename(key)) : undefined;
  return packaged !== undefined && existsSync(packaged) ? packaged : undefined;
}

function notANumber(property: string, value: unknown): string {
  return `its ${property} must be a number, not ${JSON.stringify(value)}`;
}
