import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';

import { templateFiles } from './template/find-input.ts';

/**
 * Checks the path of a folder that `cdk synth`, `sam build` or `serverless package` wrote, or of a template.
 *
 * @throws {LabError} `usage`, if it is something else
 */
export function parseAssemblyPath(given: string): string {
  const isFile = statSync(given, { throwIfNoEntry: false })?.isFile();
  if (isFile || ['manifest.json', ...templateFiles].some((file) => existsSync(path.join(given, file)))) {
    return given;
  }
  throw new LabError(
    'usage',
    'It must be a folder that cdk synth, sam build or serverless package has written, or a template file.',
  );
}

/**
 * Parses the parameters of a template, `NAME=VALUE,…`. A value may contain commas.
 *
 * @throws {LabError} `usage`, if the text is something else
 */
export function parseParameters(given: string): Readonly<Record<string, string>> {
  const pairs = given.split(/,(?=\w+=)/).map((pair): [string, string] => {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(pair) ?? [];
    if (name !== undefined && value !== undefined) return [name, value];
    throw new LabError('usage', 'It must be NAME=VALUE, separated by commas.');
  });
  return Object.fromEntries(pairs);
}

/**
 * Parses the endpoint of a service, `SERVICE=URL`.
 *
 * @param before endpoints to add it to
 * @throws {LabError} `usage`, if the text is something else
 */
export function parseEndpoint(
  given: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, service, url] = /^([a-z0-9-]+)=(https?:.+)$/.exec(given) ?? [];
  if (service !== undefined && url !== undefined && URL.canParse(url)) return { ...before, [service]: url };
  throw new LabError('usage', 'It must be SERVICE=URL, such as dynamodb=http://localhost:8000.');
}

/**
 * Parses the content of a layer, `NAME=FOLDER` or `NAME=ZIP`. The name may be an ARN.
 *
 * @param before layers to add it to
 * @throws {LabError} `usage`, if the text is something else, or there is neither a folder nor a zip file
 */
export function parseLayer(
  given: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name, place] = /^([^=]+)=(.+)$/.exec(given) ?? [];
  if (name === undefined || place === undefined) {
    throw new LabError('usage', 'It must be NAME=FOLDER or NAME=ZIP, such as shared=./layer.');
  }
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats?.isDirectory() || (stats?.isFile() && place.endsWith('.zip')))
    return { ...before, [name]: place };
  throw new LabError('usage', `${place} is neither a folder nor a zip file.`);
}
