import { outputParts } from './output-parts.ts';
import type { MappingDefinition } from './stack/mapping-definition.ts';
import type { Stack } from './stack/read-stacks.ts';
import { queueUrl } from './stack/referable.ts';

/** Names and URLs of one function. */
export interface ServiceLocation {
  readonly functionName: string;
  readonly queueUrl?: string;
  readonly deadLetterQueueUrl?: string;
  readonly parkingQueueUrl?: string;
  readonly streamName?: string;
  readonly tableName?: string;
  readonly consumerGroup?: string;
  readonly topic?: string;
  /** The SNS topic that it is subscribed to. */
  readonly topicArn?: string;
  /** Its further queues, streams, tables and topics: URLs, names and ARNs. */
  readonly otherSources?: readonly string[];
}

/** Addresses of the served resources: the first line of `lab serve --json`. */
export interface ServiceMap {
  readonly endpoint: string;
  /** Outputs by name. */
  readonly functions: Readonly<Record<string, ServiceLocation>>;
  /** URLs of the queues that are not among the functions', by name. */
  readonly queues: Readonly<Record<string, string>>;
  /** ARNs of the topics, by name. */
  readonly topics: Readonly<Record<string, string>>;
}

/** Finds where each function and its messages are: by its mappings, and by outputs such as `WorkerThreadsQueueUrl`. */
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
    return { functionName: name, ...mappedLocation(name, endpoint, stacks), ...Object.fromEntries(own) };
  };
  const places = Object.fromEntries(functions.map((name) => [name, placeOf(name)]));
  const listed = new Set(
    Object.values(places).flatMap((place) => [
      place.queueUrl,
      place.deadLetterQueueUrl,
      ...(place.otherSources ?? []),
    ]),
  );
  const others = stacks
    .flatMap(({ queues }) => queues)
    .map(({ name }): [string, string] => [name, queueUrl(endpoint, name)])
    .filter(([, url]) => !listed.has(url));
  const topics = stacks.flatMap((stack) =>
    stack.topics.map(({ name, arn }): [string, string] => [name, arn]),
  );
  return {
    endpoint,
    functions: places,
    queues: Object.fromEntries(others),
    topics: Object.fromEntries(topics),
  };
}

/** The sources of a function's mappings and subscriptions: the first of each kind, and the others. */
function mappedLocation(name: string, endpoint: string, stacks: readonly Stack[]): Partial<ServiceLocation> {
  const locations = stacks
    .flatMap(({ mappings }) => mappings)
    .filter(({ functionName }) => functionName === name)
    .map((mapping) => sourceLocation(mapping, endpoint, stacks));
  const topics = stacks
    .flatMap(({ subscriptions }) => subscriptions)
    .filter((one) => one.protocol === 'lambda' && one.endpoint === name)
    .map(({ topicArn }): Partial<ServiceLocation> => ({ topicArn }));
  const all = [...locations, ...topics];
  const first = Object.assign({}, ...all.toReversed()) as Partial<ServiceLocation>;
  const others = all.flatMap(sourcesOf).filter((source) => !sourcesOf(first).includes(source));
  return { ...first, ...(others.length > 0 && { otherSources: [...new Set(others)] }) };
}

function sourcesOf(location: Partial<ServiceLocation>): readonly string[] {
  const { queueUrl: queue, streamName, tableName, topic, topicArn } = location;
  return [queue, streamName, tableName, topic, topicArn].filter((source) => source !== undefined);
}

function sourceLocation(
  { source, sourceArn, topics, onFailure }: MappingDefinition,
  endpoint: string,
  stacks: readonly Stack[],
): Partial<ServiceLocation> {
  const queueOf = (arn: string | undefined): string | undefined => {
    const queue = stacks.flatMap(({ queues }) => queues).find((candidate) => candidate.arn === arn);
    return queue && queueUrl(endpoint, queue.name);
  };
  const deadLetters = (url: string | undefined) => (url === undefined ? {} : { deadLetterQueueUrl: url });
  switch (source) {
    case 'sqs': {
      const url = queueOf(sourceArn);
      const queue = stacks.flatMap(({ queues }) => queues).find(({ arn }) => arn === sourceArn);
      return { ...(url !== undefined && { queueUrl: url }), ...deadLetters(queueOf(queue?.deadLetterArn)) };
    }
    case 'kinesis': {
      const stream = stacks.flatMap(({ streams }) => streams).find(({ arn }) => arn === sourceArn);
      return { ...(stream && { streamName: stream.name }), ...deadLetters(queueOf(onFailure)) };
    }
    case 'dynamodb': {
      const table = stacks.flatMap(({ tables }) => tables).find(({ streamArn }) => streamArn === sourceArn);
      return { ...(table && { tableName: table.name }), ...deadLetters(queueOf(onFailure)) };
    }
    case 'kafka': {
      const [topic] = topics;
      return { ...(topic !== undefined && { topic }), ...deadLetters(queueOf(onFailure)) };
    }
  }
}
