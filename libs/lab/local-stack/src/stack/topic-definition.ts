import { functionNameOf } from './mapped-source.ts';
import { arnOf, type NamedResource } from './names.ts';
import type { ResolvedResource } from './resolve-templates.ts';
import { recordOf } from './template-resource.ts';

/**
 * An SNS topic of a template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html
 */
export interface TopicDefinition {
  readonly name: string;
  readonly logicalId: string;
  /** The path of its construct, such as `Shop/Orders`, where CDK wrote it. */
  readonly constructPath?: string;
  readonly arn: string;
  /** Attributes for `CreateTopic`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * A subscription of a queue or a function to a topic.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html
 */
export interface SubscriptionDefinition {
  readonly logicalId: string;
  readonly topicArn: string;
  readonly protocol: 'sqs' | 'lambda';
  /** ARN of the queue, or name of the function. */
  readonly endpoint: string;
  /** Attributes for `Subscribe`, with the filter policy. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Reads one `AWS::SNS::Topic`. */
export function readTopic({ logicalId, name, properties, constructPath }: NamedResource): TopicDefinition {
  return {
    name,
    logicalId,
    ...(constructPath !== undefined && { constructPath: constructPath.replace(/\/Resource$/, '') }),
    arn: arnOf('sns', name),
    attributes: attributesOf(properties, ['ContentBasedDeduplication', 'FifoTopic']),
  };
}

/** Reads an `AWS::SNS::Subscription`, or the subscriptions in an `AWS::SNS::Topic`. Returns a sentence with the reason if one cannot be served. */
export function readSubscriptions(resource: ResolvedResource): readonly (SubscriptionDefinition | string)[] {
  const { logicalId, type, properties } = resource;
  if (type === 'AWS::SNS::Subscription') return [readSubscription(logicalId, properties)];
  const { Subscription: inline } = properties;
  if (!Array.isArray(inline)) return [];
  const topic = { TopicArn: arnOf('sns', resource.name) };
  return inline.map((each) => readSubscription(logicalId, { ...topic, ...recordOf(each) }));
}

function readSubscription(
  logicalId: string,
  properties: Readonly<Record<string, unknown>>,
): SubscriptionDefinition | string {
  const { TopicArn: topicArn, Protocol: protocol, Endpoint: arn } = properties;
  if (protocol !== 'sqs' && protocol !== 'lambda') {
    return `only queues and functions receive messages of topics here, and its Protocol is ${String(protocol)}`;
  }
  const endpoint = protocol === 'lambda' ? functionNameOf(arn) : arn;
  if (typeof topicArn !== 'string' || typeof endpoint !== 'string') return 'it has no topic and endpoint';
  const names = ['FilterPolicy', 'FilterPolicyScope', ...(protocol === 'sqs' ? ['RawMessageDelivery'] : [])];
  return { logicalId, topicArn, protocol, endpoint, attributes: attributesOf(properties, names) };
}

function attributesOf(
  properties: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const given = names.flatMap((name): [string, string][] => {
    const value = properties[name];
    if (value === undefined) return [];
    return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
  return Object.fromEntries(given);
}
