import { type Context, SettingsError, shown } from './read-values.ts';
import type { SourceName } from './settings.ts';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html */
const stackNamePattern = /^[A-Za-z][A-Za-z0-9-]{0,99}$/;
const topicArn = /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/;
const tagPattern = /^([\w+./:@ -]{1,128})=([\w+./:@ -]{0,256})$/;

/**
 * Reads the name of the stack. A source other than SQS is part of the name, so that a deployment without `source` never
 * replaces the streams of another source.
 *
 * @throws {SettingsError} if CloudFormation does not accept it
 */
export function readStackName({ stackName: name = 'ParallelLambda' }: Context, source: SourceName): string {
  if (typeof name === 'string' && stackNamePattern.test(name)) {
    return source === 'sqs' ? name : `${name}-${source}`;
  }
  throw new SettingsError(
    `stackName must be a letter and up to 99 letters, digits and hyphens, not ${shown(name)}.`,
  );
}

/**
 * Reads the tags: `team=orders,stage=beta`.
 *
 * @throws {SettingsError} if they have another form, or AWS reserves one
 */
export function readTags({ tags: value }: Context): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  const pairs = typeof value === 'string' ? value.split(',').map((tag) => tagPattern.exec(tag)) : [null];
  const tags = pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? ''] as const] : []));
  if (tags.length === pairs.length && !tags.some(([name]) => name.startsWith('aws:'))) {
    return Object.fromEntries(tags);
  }
  throw new SettingsError(
    `tags must be NAME=VALUE pairs, separated by commas, without names that start with aws:, not ${shown(value)}.`,
  );
}

/**
 * Reads the SNS topic that alarms notify.
 *
 * @throws {SettingsError} if it is not the ARN of a topic
 */
export function readAlarmTopic({ alarmTopic: value }: Context): string | undefined {
  if (value === undefined || (typeof value === 'string' && topicArn.test(value))) return value;
  throw new SettingsError(
    `alarmTopic must be the ARN of an SNS topic (arn:aws:sns:REGION:ACCOUNT:NAME), not ${shown(value)}.`,
  );
}
