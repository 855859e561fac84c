import path from 'node:path';

import { publishedPackages } from '../src/published.ts';
import { readmeBlock } from './project.ts';

/** Every package that has an example of one file; thread workers have several files. */
export const examples = publishedPackages.map(({ name }) => name).filter((name) => name !== 'thread-workers');

/** The examples that are handlers of messages with URLs: the one of `sqs` calls a service, the one of `cdk` is a stack. */
export const urlExamples = examples.filter((name) => !['sqs', 'cdk'].includes(name));

/** The README of a package, as it is published. */
export function readmeOf(name: string): string {
  const found = publishedPackages.find((published) => published.name === name);
  if (!found) throw new Error(`There is no package ${name}`);
  return path.join(found.dist, 'README.md');
}

/** The guide that bundles threads. */
export const threadsGuide = path.resolve(import.meta.dirname, '../../../../docs/bundle-threads.md');

/** The first example of a package's README. */
export function exampleOf(name: string): Promise<string> {
  return readmeBlock(readmeOf(name));
}
