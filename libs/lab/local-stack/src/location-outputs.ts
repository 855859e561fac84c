import type { FunctionDefinition } from '@parallel-lambda/local-lambda';

import { serviceMap } from './service-map.ts';
import type { Stack } from './stack/read-stacks.ts';
import { queueUrl } from './stack/referable.ts';

/**
 * Returns outputs that a served stack has beside those of its template, by which the commands for deployed stacks find any
 * function, queue and SNS topic: `NAME:QueueUrl`, and `NAME:Alias0` with another name of it.
 */
export function locationOutputs(
  stacks: readonly Stack[],
  functions: readonly FunctionDefinition[],
  endpoint: string,
): (stack: Stack) => readonly (readonly [key: string, value: string])[] {
  return (stack) => {
    const names = stack.functions.filter((name) => functions.some((definition) => definition.name === name));
    const located = Object.entries(serviceMap(endpoint, stacks, names).functions).map(([name, location]) => ({
      name,
      parts: Object.entries(location).filter((part): part is [string, string] => typeof part[1] === 'string'),
      definition: functions.find((definition) => definition.name === name),
    }));
    const queues = stack.queues.map((queue) => ({
      name: nameBeside(names, queue),
      parts: Object.entries({ queueUrl: queueUrl(endpoint, queue.name) }),
      definition: queue,
    }));
    const topics = stack.topics.map((topic) => ({
      name: nameBeside([...names, ...stack.queues.map(({ name }) => name)], topic),
      parts: Object.entries({ topicArn: topic.arn }),
      definition: topic,
    }));
    return [...located, ...queues, ...topics].flatMap(({ name, parts, definition }) => {
      const { logicalId, constructPath } = definition ?? {};
      const aliases = [logicalId, constructPath]
        .filter((alias) => alias !== undefined && alias !== name)
        .map((alias, index): [string, string] => [`${name}:Alias${index}`, String(alias)]);
      return [
        ...parts.map(([part, value]): [string, string] => [`${name}:${pascal(part)}`, value]),
        ...aliases,
      ];
    });
  };
}

/** The logical id of a resource whose name another one has. */
function nameBeside(
  others: readonly string[],
  { name, logicalId }: { readonly name: string; readonly logicalId: string },
): string {
  return others.includes(name) ? logicalId : name;
}

function pascal(part: string): string {
  return part.charAt(0).toUpperCase() + part.slice(1);
}
