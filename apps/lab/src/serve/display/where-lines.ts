import type { ServiceLocation, ServiceMap } from '@parallel-lambda/local-stack/server';

/** What is where, for a person: the endpoint, and where each function's messages go. */
export function whereLines({ endpoint, functions }: ServiceMap): string {
  const lines = Object.values(functions).flatMap((place) => [
    place.functionName,
    ...sourcesOf(place).map(([what, where]) => `  ${what.padEnd(12)} ${where}`),
  ]);
  return [
    `Served at ${endpoint}; in another terminal, for the lab, the AWS CLI and any SDK:`,
    ...exports(endpoint),
    ...lines,
  ].join('\n');
}

/** To be pasted as they are: a shell that knows no account needs a region and credentials too, which nobody checks. */
function exports(endpoint: string): readonly string[] {
  return [
    `export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1`,
    'export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local',
  ];
}

function sourcesOf(place: ServiceLocation): readonly (readonly [string, string])[] {
  const { queueUrl, streamName, tableName, topic, consumerGroup, deadLetterQueueUrl } = place;
  const all = {
    queue: queueUrl,
    stream: streamName,
    table: tableName,
    topic,
    consumers: consumerGroup,
    'dead letters': deadLetterQueueUrl,
  };
  return Object.entries(all).flatMap(([what, where]) =>
    where === undefined ? [] : [[what, where] as const],
  );
}
