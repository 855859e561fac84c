import { existsSync, unwatchFile, watchFile } from 'node:fs';
import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';

import type { Assembly } from './assembly/read-assembly.ts';
import { readAssembly, type StackInputs } from './stack/read-stacks.ts';
import { templateFiles } from './template/find-input.ts';

/** Milliseconds between two reads of the files. */
const intervalMs = 500;

/** Events of `watchAssembly`. */
export interface AssemblyEvents {
  readonly onChange: (assembly: Assembly) => void;
  /** A changed assembly could not be read, or its change not be handled. */
  readonly onError: (error: unknown) => void;
}

/**
 * Reports when an assembly was synthesized again, or a template was changed. CDK writes the manifest last; the folder may be missing
 * until then.
 *
 * @param folder of the assembly or template, or a template file, absolute
 */
export function watchAssembly(
  folder: string,
  { onChange, onError }: AssemblyEvents,
  inputs?: StackInputs,
): Disposable {
  const files = ['manifest.json', ...templateFiles];
  const found = files.map((file) => path.join(folder, file)).find((file) => existsSync(file));
  const manifest = found ?? folder;
  const onStat = (): void => {
    readAssembly(folder, inputs)
      .then(onChange)
      .catch((error: unknown) => {
        // While it is written it may be incomplete: then its next change is reported.
        if (!(error instanceof LabError) || existsSync(manifest)) onError(error);
      });
  };
  watchFile(manifest, { interval: intervalMs, persistent: false }, onStat);
  return {
    [Symbol.dispose]() {
      unwatchFile(manifest, onStat);
    },
  };
}
