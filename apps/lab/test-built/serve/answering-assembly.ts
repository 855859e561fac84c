import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { changedAssembly, type TemporaryAssembly } from './changed-assembly.ts';

/** The synthesized stack with a `promises` that always answers the same. */
export async function answeringAssembly(response: string): Promise<TemporaryAssembly> {
  const assembly = await changedAssembly((resources) => {
    for (const [logicalId, { Type, Metadata }] of Object.entries(resources)) {
      if (Type !== 'AWS::Lambda::Function' || !logicalId.startsWith('promises')) continue;
      Object.assign(Metadata ?? {}, { 'aws:asset:path': 'answering' });
    }
  });
  const folder = path.join(assembly.folder, 'answering');
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(path.join(folder, 'handler.js'), `export const handler = async () => (${response});\n`);
  return assembly;
}
