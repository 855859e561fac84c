import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { assemblyFolder } from './served-stack.ts';

/** A folder that is there for one test. */
export interface TemporaryAssembly extends AsyncDisposable {
  readonly folder: string;
}

/** A template's resources, by logical id. */
export type Resources = Record<
  string,
  { readonly Type: string; readonly Properties: Record<string, unknown>; readonly Metadata?: object }
>;

/** A template's outputs, by key. */
export type Outputs = Record<string, { Value: unknown }>;

/** The synthesized stack with other resources and outputs, on the same assets. */
export async function changedAssembly(
  change: (resources: Resources, outputs: Outputs) => void,
): Promise<TemporaryAssembly> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lab-'));
  for (const file of await readdir(assemblyFolder)) {
    if (!file.endsWith('.template.json')) {
      await symlink(path.join(assemblyFolder, file), path.join(folder, file));
      continue;
    }
    const template = JSON.parse(await readFile(path.join(assemblyFolder, file), 'utf8')) as {
      Resources: Resources;
      Outputs: Outputs;
    };
    change(template.Resources, template.Outputs);
    await writeFile(path.join(folder, file), JSON.stringify(template));
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
