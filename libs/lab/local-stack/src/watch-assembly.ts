import { existsSync, unwatchFile, watchFile } from 'node:fs';
import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';
import { readAssembly, type Assembly } from './assembly/read-assembly.ts';

/** How often it is looked whether an assembly was written anew. */
const intervalMs = 500;

/**
 * Reports when an assembly was synthesized again, or a template was changed. CDK writes the manifest last; the folder may be missing
 * meanwhile.
 *
 * @param folder of the assembly or template, or a template file, absolute
 */
export function watchAssembly(folder: string, onChange: (assembly: Assembly) => void): Disposable {
  const files = ['manifest.json', 'template.yaml', 'template.yml', 'template.json'];
  const found = files.map((file) => path.join(folder, file)).find((file) => existsSync(file));
  const manifest = found ?? folder;
  const onStat = (): void => {
    readAssembly(folder).then(onChange, (error: unknown) => {
      // Half written or gone: its next change is told.
      if (!(error instanceof LabError)) throw error;
    });
  };
  watchFile(manifest, { interval: intervalMs, persistent: false }, onStat);
  return {
    [Symbol.dispose]() {
      unwatchFile(manifest, onStat);
    },
  };
}
