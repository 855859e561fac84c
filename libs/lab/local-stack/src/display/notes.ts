import { isolationNotes } from '@parallel-lambda/local-lambda';

import { typeNotServed, type SkippedResource, type StacksOfAssembly } from '../stack/read-stacks.ts';
import type { Redeployment, StackServerOptions } from '../stack-server.ts';

/**
 * Lists the resources that are not served, and the differences from the deployed stack, a sentence each.
 *
 * @param verbose whether each resource of a type that is not served is listed, or only how many there are. @default false
 */
export function stackNotes({ assembly, stacks }: StacksOfAssembly, verbose = false): readonly string[] {
  const skipped = stacks.flatMap((stack) => stack.skipped);
  const summed = verbose ? [] : skipped.filter(({ reason }) => reason === typeNotServed);
  const notes = [
    ...assembly.skipped.map(({ name, reason }) => `${name} is not served: ${reason}`),
    ...stacks.flatMap(({ warnings }) => warnings),
    ...typeCounts(summed),
    ...skipped
      .filter((resource) => !summed.includes(resource))
      .map(({ logicalId, type, reason }) => `${logicalId} (${type}) is skipped: ${reason}`),
    ...assembly.functions.flatMap(({ name, notes }) => notes.map((note) => `${name}: ${note}`)),
    ...isolationNotes(),
  ];
  // The stages of an app have the same resources.
  return [...new Set(notes)];
}

function typeCounts(resources: readonly SkippedResource[]): readonly string[] {
  if (resources.length === 0) return [];
  const byType = Map.groupBy(resources, ({ type }) => type.replace(/^AWS::/, ''));
  const counts = [...byType].map(([type, all]) => (all.length === 1 ? type : `${all.length} ${type}`));
  return [`Not served here: ${counts.join(', ')} (--verbose lists them)`];
}

/** Describes what happened to a function whose assembly was rebuilt. */
export function redeploymentText(redeployment: Redeployment): string {
  const { function: name } = redeployment;
  switch (redeployment.outcome) {
    case 'replaced':
      return `${name} was rebuilt: its next invocation runs the new code`;
    case 'refused':
      return `${name} was rebuilt, but still runs its previous code: ${redeployment.reason}`;
    case 'added':
      return `${name} is new: restart serve to include it`;
    case 'removed':
      return `${name} was removed from the template: it is served until serve stops`;
  }
}

/** Returns a listener that prints each request that is not served, once per function and operation. */
export function noteOnce(print: (sentence: string) => void): NonNullable<StackServerOptions['onNotServed']> {
  const noted = new Set<string>();
  return ({ message }, caller) => {
    const sentence = `${caller === undefined ? '' : `${caller} called `}${message}`;
    if (!noted.has(sentence)) print(sentence);
    noted.add(sentence);
  };
}
