import type { Technique } from './techniques.ts';

/**
 * What Lambda, and the function itself, load by name and no import leads to: the handler, and the files that
 * threads start from. A bundler can forget them in silence, so each is looked for before it is deployed.
 *
 * @returns paths in the built folder
 */
export function entryFiles(technique: Technique): readonly string[] {
  return ['handler.js', ...(threadEntries[technique] ?? [])];
}

const threadEntries: Readonly<Partial<Record<Technique, readonly string[]>>> = {
  'worker-threads': ['work.js', 'entry/worker.js'],
};
