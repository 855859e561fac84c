import { wrapText } from '@parallel-lambda/report/terminal';

import type { ServiceLocation, ServiceMap } from '../service-map.ts';

/**
 * Lists the endpoint of a served stack, the queues, streams and tables of each function, other queues, and topics.
 *
 * @param width columns at which sentences are wrapped, but not URLs and exports. @default not wrapped
 */
export function serviceMapText(
  { endpoint, functions, queues, topics }: ServiceMap,
  width = Infinity,
): string {
  return [
    `Serving at ${endpoint}.`,
    wrapText('In another terminal, for this command, the AWS CLI and any SDK:', width),
    // A shell without an account needs a region and credentials too; the endpoint does not check them.
    `export AWS_ENDPOINT_URL=${endpoint}`,
    'export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1',
    'export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local',
    ...Object.values(functions).flatMap((location) => [location.functionName, ...sourceLines(location)]),
    ...namedLines('other queues', queues),
    ...namedLines('topics', topics),
  ].join('\n');
}

function namedLines(title: string, places: Readonly<Record<string, string>>): readonly string[] {
  const lines = Object.values(places).map((place) => `  ${place}`);
  return lines.length === 0 ? [] : [title, ...lines];
}

function sourceLines(location: ServiceLocation): readonly string[] {
  const sources = {
    queue: location.queueUrl,
    stream: location.streamName,
    table: location.tableName,
    topic: location.topic ?? location.topicArn,
    consumers: location.consumerGroup,
    'dead letters': location.deadLetterQueueUrl,
    parked: location.parkingQueueUrl,
  };
  const lines: readonly (readonly [string, string | undefined])[] = [
    ...Object.entries(sources),
    ...(location.otherSources ?? []).map((source) => ['other source', source] as const),
  ];
  return lines.flatMap(([name, value]) => (value === undefined ? [] : `  ${name.padEnd(12)} ${value}`));
}
