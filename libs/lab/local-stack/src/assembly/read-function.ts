import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

import { type FunctionDefinition, isRecord } from '@parallel-lambda/local-lambda';

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
 * @param logicalId its key in the template
 * @param resource its value there
 * @param assembly the folder that the paths of its assets are relative to
 */
export function readFunction(
  logicalId: string,
  resource: Readonly<Record<string, unknown>>,
  assembly: string,
): FunctionDefinition | SkippedFunction {
  const metadata = record(resource.Metadata);
  const properties = record(resource.Properties);
  const name = constructId(metadata['aws:cdk:path']) ?? logicalId;
  const skip = (reason: string): SkippedFunction => ({ name, logicalId, reason });

  const { Runtime: runtime, Handler: handler, MemorySize: memoryMb = 128, Timeout: timeout = 3 } = properties;
  if (typeof runtime !== 'string' || !runtime.startsWith('nodejs')) {
    return skip(`it runs on ${typeof runtime === 'string' ? runtime : 'an image'}, not on Node.js`);
  }
  const asset = metadata['aws:asset:path'];
  if (typeof asset !== 'string') return skip('its code is no asset of the assembly');
  const codeFolder = path.resolve(assembly, asset);
  if (!isFolder(codeFolder)) return skip(`its code is no folder: ${codeFolder}`);
  if (typeof handler !== 'string') return skip('its Handler is known only once it is deployed');
  const missing = missingHandler(codeFolder, handler);
  if (missing !== undefined) return skip(missing);
  if (typeof memoryMb !== 'number') return skip('its MemorySize is known only once it is deployed');
  if (typeof timeout !== 'number') return skip('its Timeout is known only once it is deployed');

  const { LogFormat: format, ApplicationLogLevel: logLevel } = record(properties.LoggingConfig);
  const logFormat = format === 'JSON' ? 'JSON' : 'Text';
  const { ReservedConcurrentExecutions: reserved } = properties;
  const variables = Object.entries(record(record(properties.Environment).Variables));
  const known = variables.filter((variable): variable is [string, string] => typeof variable[1] === 'string');
  return {
    name,
    logicalId,
    codeFolder,
    handler,
    runtime,
    architecture: JSON.stringify(properties.Architectures) === '["arm64"]' ? 'arm64' : 'x86_64',
    memoryMb,
    timeoutSeconds: timeout,
    environment: Object.fromEntries(known),
    logFormat,
    ...(typeof reserved === 'number' && { reservedConcurrency: reserved }),
    ...(logFormat === 'JSON' && { logLevel: typeof logLevel === 'string' ? logLevel : 'INFO' }),
    notes: notes(properties, runtime, variables),
  };
}

function notes(
  properties: Readonly<Record<string, unknown>>,
  runtime: string,
  variables: readonly (readonly [string, unknown])[],
): string[] {
  const [major = ''] = process.versions.node.split('.');
  const unknown = variables.filter(([, value]) => typeof value !== 'string').map(([name]) => name);
  return [
    ...unknown.map((name) => `the variable ${name} is not set: its value is known only once it is deployed`),
    ...(runtime === `nodejs${major}.x`
      ? []
      : [`it is meant for ${runtime} and runs on Node.js ${major} here`]),
    ...(properties.Layers === undefined ? [] : ['its layers are not loaded']),
  ];
}

/** The construct below the stack: `promises` in `ParallelLambda/promises/Function/Resource`. */
function constructId(constructPath: unknown): string | undefined {
  return typeof constructPath === 'string' ? constructPath.split('/')[1] : undefined;
}

/** A function whose code was not built fails on AWS too; here the reason is told before anything runs. */
function missingHandler(codeFolder: string, handler: string): string | undefined {
  const file = path.join(codeFolder, handler.replace(/\.[^./]*$/, ''));
  const has = (extensions: readonly string[]): boolean =>
    extensions.some((extension) => existsSync(`${file}${extension}`));
  // Node.js takes a folder with an index file, too.
  if (isFolder(file) || has(['', '.js', '.mjs', '.cjs'])) return undefined;
  if (has(['.ts', '.mts', '.cts'])) {
    return `its handler ${handler} is TypeScript that was not built. Run sam build or your build step, and serve its output`;
  }
  return `its handler ${handler} is missing: there is no ${path.basename(file)}.js, .mjs or .cjs in ${path.dirname(file)}`;
}

function isFolder(candidate: string): boolean {
  return statSync(candidate, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
