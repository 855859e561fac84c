import type { Stack } from './stack/read-stacks.ts';

import { outputParts } from './output-parts.ts';

/** Where one function and its messages are. */
export interface ServiceLocation {
  readonly functionName: string;
  readonly queueUrl?: string;
  readonly deadLetterQueueUrl?: string;
  readonly streamName?: string;
  readonly tableName?: string;
  readonly consumerGroup?: string;
  readonly topic?: string;
}

/** What is served where: the first line of `lab serve --json`. */
export interface ServiceMap {
  readonly endpoint: string;
  /** By name. */
  readonly functions: Readonly<Record<string, ServiceLocation>>;
}

/** Reads from the stacks' outputs, such as `WorkerThreadsQueueUrl`, what belongs to which function. */
export function serviceMap(
  endpoint: string,
  stacks: readonly Stack[],
  functions: readonly string[],
): ServiceMap {
  const outputs = stacks.flatMap((stack) => [...stack.outputs(endpoint)]);
  const placeOf = (name: string): ServiceLocation => {
    const prefix = name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const own = outputs.flatMap(([key, value]) => {
      const part = outputParts.find((candidate) => key === prefix + candidate);
      return part !== undefined ? [[part.charAt(0).toLowerCase() + part.slice(1), value] as const] : [];
    });
    return { functionName: name, ...Object.fromEntries(own) };
  };
  return { endpoint, functions: Object.fromEntries(functions.map((name) => [name, placeOf(name)])) };
}
