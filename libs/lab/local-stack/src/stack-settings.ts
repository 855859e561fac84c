import { LabError } from '@parallel-lambda/local-lambda';

import type { MappingDefinition } from './stack/mapping-definition.ts';
import type { QueueDefinition } from './stack/queue-definition.ts';
import type { Stack, StacksOfAssembly } from './stack/read-stacks.ts';

/** Options that override the template of a stack. */
export interface StackSettings {
  /** Seconds, of every queue that a function reads: 1 to 43,200. */
  readonly visibilityTimeout?: number | undefined;
  /** Messages a batch: 1 to 10,000, of a FIFO queue 10 at most. */
  readonly batchSize?: number | undefined;
  /** Seconds that a batch waits to be full: 0 to 300. */
  readonly window?: number | undefined;
}

/**
 * Returns the stacks as they are to be served.
 *
 * @throws {LabError} `failure`, if none of them has a function that can run here
 */
export function withSettings(
  { assembly, stacks }: StacksOfAssembly,
  settings: StackSettings,
): StacksOfAssembly {
  if (assembly.functions.length === 0) {
    throw new LabError('failure', `No stack in ${assembly.folder} has a function that can run here`);
  }
  return { assembly, stacks: stacks.map((stack) => changed(stack, settings)) };
}

function changed(stack: Stack, { visibilityTimeout, batchSize, window }: StackSettings): Stack {
  const read = new Set(stack.mappings.map(({ sourceArn }) => sourceArn));
  const queueOf = (queue: QueueDefinition): QueueDefinition => ({
    ...queue,
    attributes: {
      ...queue.attributes,
      ...(visibilityTimeout !== undefined &&
        read.has(queue.arn) && { VisibilityTimeout: String(visibilityTimeout) }),
    },
  });
  const fifo = new Set(stack.queues.filter((queue) => queue.fifo).map(({ arn }) => arn));
  const mappingOf = (mapping: MappingDefinition): MappingDefinition => ({
    ...mapping,
    ...(batchSize !== undefined && {
      batchSize: fifo.has(mapping.sourceArn) ? Math.min(batchSize, 10) : batchSize,
    }),
    ...(window !== undefined && { windowMs: 1000 * window }),
  });
  return { ...stack, queues: stack.queues.map(queueOf), mappings: stack.mappings.map(mappingOf) };
}
