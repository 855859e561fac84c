import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

import { type FunctionDefinition } from './function-definition.ts';
import { LabError } from './lab-error.ts';
import { packagedFolder } from './packaged-folder.ts';
import { mbPerVcpu } from './sandbox/limits.ts';

const extensions = ['.js', '.mjs', '.cjs'];

/** Settings of a folder that no template describes. */
export interface FolderOptions {
  /** File and export. @default `handler.handler` or `index.handler`, whichever is there */
  readonly handler?: string | undefined;
  /** MB. @default 1769: one vCPU */
  readonly memory?: number;
  /** Seconds. @default 3, which is Lambda's own default */
  readonly timeout?: number;
  /** Folders of its layers, absolute. @default none */
  readonly layers?: readonly string[];
}

/**
 * A function that was built into a folder, as its template would describe it.
 *
 * @throws {LabError} `usage`, when there is no such folder or no handler in it
 */
export function describeFolder(folder: string, options: FolderOptions): FunctionDefinition {
  const given = path.resolve(folder);
  if (!statSync(given, { throwIfNoEntry: false })?.isDirectory())
    throw new LabError('usage', `There is no folder ${given}`);
  const codeFolder = packagedFolder(given);
  const { handler = findHandler(codeFolder), memory = mbPerVcpu, timeout = 3, layers = [] } = options;
  const file = handler.replace(/\.[^./]*$/, '');
  if (!isModule(codeFolder, file)) {
    throw new LabError(
      'usage',
      `There is no ${file}.js, .mjs or .cjs in ${codeFolder} for the handler ${handler}`,
    );
  }
  return {
    name: path.basename(given),
    logicalId: 'Function',
    codeFolder,
    ...(layers.length > 0 && { layers }),
    handler,
    runtime: 'nodejs24.x',
    architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
    memoryMb: memory,
    timeoutSeconds: timeout,
    environment: {},
    logFormat: 'Text',
    notes: [],
  };
}

/** Returns the path of the file of a function's handler, from the working folder. */
export function handlerFile({ codeFolder, handler }: FunctionDefinition): string {
  const file = path.join(codeFolder, handler.replace(/\.[^./]*$/, ''));
  const extension = extensions.find((each) => existsSync(file + each)) ?? '';
  return path.relative(process.cwd(), file + extension);
}

function findHandler(folder: string): string {
  const file = ['handler', 'index'].find((name) => isModule(folder, name));
  if (file !== undefined) return `${file}.handler`;
  throw new LabError(
    'usage',
    `There is no handler.js or index.js in ${folder}: name the handler by --handler, such as src/app.handler`,
  );
}

function isModule(folder: string, file: string): boolean {
  return extensions.some((extension) => existsSync(path.join(folder, file + extension)));
}
