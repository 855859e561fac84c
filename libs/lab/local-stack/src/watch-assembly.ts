import { unwatchFile, watchFile } from 'node:fs';
import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';
import { readAssembly, type Assembly } from './assembly/read-assembly.ts';

/** How often it is looked whether an assembly was written anew. */
const intervalMs = 500;

/**
 * Tells when an assembly was synthesized anew. Its manifest is written last, and the folder may be gone meanwhile.
 *
 * @param folder absolute
 */
export function watchAssembly(folder: string, onChange: (assembly: Assembly) => void): Disposable {
  const manifest = path.join(folder, 'manifest.json');
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
