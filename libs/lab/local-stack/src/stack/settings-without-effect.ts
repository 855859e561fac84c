import type { MappedSource } from './mapped-source.ts';
import type { ResolvedResource } from './resolve-templates.ts';
import { recordOf } from './template-resource.ts';

/** Settings of event source mappings that are not simulated, and the behaviour instead. */
const notSimulated: Readonly<Record<string, string>> = {
  TumblingWindowInSeconds: 'batches have no window and no state',
  AmazonManagedKafkaEventSourceConfig: 'records are passed unchanged, without a schema registry',
  SelfManagedKafkaEventSourceConfig: 'records are passed unchanged, without a schema registry',
};

/** Returns a sentence for each setting of a mapping that has no effect here. */
export function settingsWithoutEffect(
  source: MappedSource,
  { properties }: ResolvedResource,
): readonly string[] {
  const settings = Object.entries(notSimulated).flatMap(([setting, instead]) => {
    const value = properties[setting];
    const registry = recordOf(value).SchemaRegistryConfig;
    const applies = setting.endsWith('EventSourceConfig') ? registry !== undefined : Number(value) > 0;
    return applies ? [`${setting} is not simulated: ${instead}`] : [];
  });
  const position = properties.StartingPosition;
  return [
    ...settings,
    // Required for Kinesis and DynamoDB: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
    ...((source === 'kinesis' || source === 'dynamodb') && position === undefined
      ? ['StartingPosition is missing, and Lambda requires it: set LATEST or TRIM_HORIZON']
      : []),
    ...(position === 'AT_TIMESTAMP' && Number(properties.StartingPositionTimestamp) > Date.now() / 1000
      ? ['StartingPositionTimestamp is in the future: earlier records are delivered here too']
      : []),
  ];
}
