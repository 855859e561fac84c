import { existsSync } from 'node:fs';
import path from 'node:path';

import { isRecord, LocalLambdaError } from '@parallel-lambda/local-lambda';
import { readJsonObject } from './read-json-object.ts';

/** A stack's template, as `cdk synth` wrote it. */
export interface Template {
  /** Of the stack. */
  readonly name: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * The templates of a CDK cloud assembly, in the order of its manifest.
 *
 * @param folder absolute
 * @throws {LocalLambdaError} `assembly`, when it is not there or cannot be read
 */
export async function readTemplates(folder: string): Promise<readonly Template[]> {
  const manifest = path.join(folder, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new LocalLambdaError('assembly', `There is no assembly in ${folder}: run npx nx synth infra`);
  }
  const { artifacts } = await read(manifest);
  const stacks = Object.entries(artifacts ?? {}).flatMap(([id, artifact]: [string, unknown]) => {
    if (!isRecord(artifact) || artifact.type !== 'aws:cloudformation:stack') return [];
    const { properties } = artifact;
    if (!isRecord(properties) || typeof properties.templateFile !== 'string') return [];
    const { stackName, templateFile } = properties;
    return [{ name: typeof stackName === 'string' ? stackName : id, file: path.join(folder, templateFile) }];
  });
  return Promise.all(stacks.map(async ({ name, file }) => ({ name, content: await read(file) })));
}

async function read(file: string): Promise<Record<string, unknown>> {
  try {
    return await readJsonObject(file);
  } catch (cause) {
    throw new LocalLambdaError('assembly', `Cannot read ${file}: run npx nx synth infra`, { cause });
  }
}
