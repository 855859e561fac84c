import { entryFiles } from '../src/built-folder.ts';
import { techniques } from '../src/techniques.ts';

/** The files of built functions that a deployment needs, as text by path. */
export const builtFunctions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    techniques.flatMap((technique) =>
      entryFiles(technique).map((file) => [`apps/${technique}/dist/${file}`, `${technique}: ${file}`]),
    ),
  ),
  'apps/worker-threads/dist/thread.js': 'the loops of a thread',
};
