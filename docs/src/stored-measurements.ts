import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The stored measurements that pages and pictures are drawn from. */
export const measured = ['adaptive', 'performance', 'compare', 'tune'] as const;

export type Measured = (typeof measured)[number];

/** Properties of stored measurements that the commands here read. */
interface Stored {
  /** The commit that was measured; `-dirty` if files were changed. Missing outside of a Git repository. */
  readonly commit?: string;
  /** The cost of adaptive workers, which is measured last. */
  readonly cost?: readonly unknown[];
}

/** Returns the file of some measurements, from the root of the repository. */
export function fileOf(name: Measured): string {
  return `docs/measurements/${name}.json`;
}

/** Reads the stored measurements in a clone of the repository. */
export function readStored(root: string, name: Measured): Stored | undefined {
  const file = path.join(root, fileOf(name));
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Stored) : undefined;
}

/** Describes the fault in the commits of the stored measurements, or returns `undefined` if they are of one commit. */
export function mixture(root: string): string | undefined {
  const commits = measured.map((name) => ({
    name,
    commit: readStored(root, name)?.commit ?? 'an unknown commit',
  }));
  const dirty = commits.find(({ commit }) => commit.endsWith('-dirty'));
  if (dirty) return `${fileOf(dirty.name)} was measured with uncommitted changes.`;
  if (new Set(commits.map(({ commit }) => commit)).size <= 1) return undefined;
  const each = commits.map(({ name, commit }) => `${name} at ${commit}`).join(', ');
  return `docs/measurements has measurements of several commits: ${each}.`;
}
