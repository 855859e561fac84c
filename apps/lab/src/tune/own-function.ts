import { existsSync } from 'node:fs';
import path from 'node:path';

import { LocalLambdaError, type Assembly, type FunctionDefinition } from '@parallel-lambda/local-lambda';

/**
 * A built function that is not of this workspace, as an assembly that holds it alone.
 *
 * @param folder of the built function, as it would be uploaded
 * @param handler file and export, such as `index.handler`
 * @throws {LocalLambdaError} `setting`, when there is no such file
 */
export function ownFunction(folder: string, handler: string): Assembly {
  const codeFolder = path.resolve(folder);
  const [file = ''] = handler.split('.');
  const extensions = ['js', 'mjs', 'cjs'];
  if (!extensions.some((extension) => existsSync(path.join(codeFolder, `${file}.${extension}`)))) {
    throw new LocalLambdaError(
      'setting',
      `There is no ${file}.js, .mjs or .cjs in ${codeFolder}: --function takes the folder of a built function, ` +
        `--handler says which file and export (now ${handler})`,
    );
  }
  const definition: FunctionDefinition = {
    name: path.basename(codeFolder),
    logicalId: 'OwnFunction',
    codeFolder,
    handler,
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    memoryMb: 1769,
    timeoutSeconds: 60,
    environment: {},
    logFormat: 'Text',
    notes: [],
  };
  return { folder: codeFolder, functions: [definition], skipped: [] };
}
