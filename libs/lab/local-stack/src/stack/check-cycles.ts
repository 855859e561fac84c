import { isRecord, LabError } from '@parallel-lambda/local-lambda';

import { recordOf } from './template-resource.ts';

/**
 * Checks that the resources of a template do not refer to each other in a cycle, as CloudFormation does.
 *
 * @param file of the template, for the message
 * @throws {LabError} `failure`, with the resources of the first cycle
 */
export function checkCycles(file: string, template: Readonly<Record<string, unknown>>): void {
  const resources = recordOf(template.Resources);
  const done = new Set<string>();
  const visit = (id: string, before: readonly string[]): void => {
    const start = before.indexOf(id);
    if (start >= 0) throw cycle(file, [...before.slice(start), id]);
    if (done.has(id)) return;
    for (const next of referencedIn(recordOf(resources[id]).Properties)) {
      if (typeof next === 'string' && next in resources) visit(next, [...before, id]);
    }
    done.add(id);
  };
  for (const id of Object.keys(resources)) visit(id, []);
}

function referencedIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(referencedIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, each]): readonly unknown[] => {
    if (key === 'Ref') return [each];
    if (key !== 'Fn::GetAtt') return referencedIn(each);
    const [id] = [each].flat();
    return [typeof id === 'string' ? id.split('.')[0] : undefined];
  });
}

function cycle(file: string, ids: readonly string[]): LabError {
  return new LabError(
    'failure',
    `${file} cannot be deployed: its resources refer to each other in a cycle (${ids.join(' → ')}). Remove one of these references.`,
  );
}
