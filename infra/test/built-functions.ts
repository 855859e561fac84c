import { entryFiles } from '../src/built-folder.ts';
import { techniques } from '../src/techniques.ts';

/** What the builds of the functions leave, so far as a deployment cares: texts by their files. */
export const builtFunctions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    techniques.flatMap((technique) =>
      entryFiles(technique).map((file) => [`apps/${technique}/dist/${file}`, `${technique}: ${file}`]),
    ),
  ),
  'apps/worker-threads/dist/thread.js': 'the loops of a thread',
};
