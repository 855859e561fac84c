import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { assemblyFolder } from './served-stack.ts';

/** A folder that is there for one test. */
export interface TemporaryAssembly extends AsyncDisposable {
  readonly folder: string;
}

interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>
  >;
}

/** The synthesized stack with FIFO queues, as `--context source=fifo` has it, on the same assets. */
export async function fifoAssembly(): Promise<TemporaryAssembly> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lab-'));
  for (const file of await readdir(assemblyFolder)) {
    if (!file.endsWith('.template.json')) {
      await symlink(path.join(assemblyFolder, file), path.join(folder, file));
      continue;
    }
    const template = JSON.parse(await readFile(path.join(assemblyFolder, file), 'utf8')) as Template;
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type === 'AWS::SQS::Queue') Properties.FifoQueue = true;
      if (Type === 'AWS::Lambda::EventSourceMapping') Properties.BatchSize = 10;
    }
    await writeFile(path.join(folder, file), JSON.stringify(template));
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
