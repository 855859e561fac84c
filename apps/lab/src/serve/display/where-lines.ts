import type { Place, WhatIsWhere } from '../what-is-where.ts';

/** What is where, for a person: the endpoint, and where each function's messages go. */
export function whereLines({ endpoint, functions }: WhatIsWhere): string {
  const lines = Object.values(functions).flatMap((place) => [
    place.functionName,
    ...sourcesOf(place).map(([what, where]) => `  ${what.padEnd(12)} ${where}`),
  ]);
  return [`Served at ${endpoint}; in another terminal: export AWS_ENDPOINT_URL=${endpoint}`, ...lines].join(
    '\n',
  );
}

function sourcesOf(place: Place): readonly (readonly [string, string])[] {
  const { queueUrl, streamName, tableName, consumerGroup, deadLetterQueueUrl } = place;
  const all = {
    queue: queueUrl,
    stream: streamName,
    table: tableName,
    consumers: consumerGroup,
    'dead letters': deadLetterQueueUrl,
  };
  return Object.entries(all).flatMap(([what, where]) =>
    where === undefined ? [] : [[what, where] as const],
  );
}
