import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { workspace } from './pages.ts';

const site = path.resolve(import.meta.dirname, '..');

/** The modules that users import. */
const entries = [
  'batch/src/index.ts',
  'batch/src/decode/index.ts',
  'batch/src/technique/index.ts',
  'promise-workers/src/index.ts',
  'thread-workers/src/index.ts',
  'thread-workers/src/esbuild.ts',
  'thread-workers/src/nodejs-function.ts',
  'fiber-workers/src/index.ts',
  'sqs/src/index.ts',
  'batch-metrics/src/index.ts',
  'opentelemetry/src/index.ts',
  'cdk/src/index.ts',
];

/**
 * Writes the API reference of every package from its docstrings, as Markdown.
 *
 * @param output an empty folder
 */
export async function writeApiReference(output: string): Promise<void> {
  const options = {
    tsconfig: path.join(site, 'tsconfig.api.json'),
    entryPoints: entries.map((entry) => path.join(workspace, 'libs', entry)),
    plugin: [path.join(site, 'node_modules/typedoc-plugin-markdown/dist/index.js')],
    out: output,
    name: 'API reference',
    readme: 'none',
    githubPages: false,
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    treatWarningsAsErrors: true,
    validation: { notExported: false, invalidLink: true, notDocumented: true },
    entryFileName: 'index',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    indexFormat: 'table',
    expandObjects: true,
    sanitizeComments: true,
  };
  const file = path.join(site, 'out/typedoc.json');
  await writeFile(file, JSON.stringify(options));
  const typedoc = path.join(site, 'node_modules/typedoc/bin/typedoc');
  await promisify(execFile)(process.execPath, [typedoc, '--options', file], { cwd: workspace });
}
