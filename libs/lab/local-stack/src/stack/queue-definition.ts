import { arnOf, type NamedResource } from './names.ts';
import { isTrue } from './property-values.ts';
import { recordOf } from './template-resource.ts';

/**
 * An SQS queue of a template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
 */
export interface QueueDefinition {
  /** Such as `promises-Queue`; a FIFO queue's ends in `.fifo`. */
  readonly name: string;
  readonly logicalId: string;
  readonly arn: string;
  readonly fifo: boolean;
  /** The path of its construct, such as `Shop/Orders/Queue`, where CDK wrote it. */
  readonly constructPath?: string;
  /** URL of its dead-letter queue. */
  readonly deadLetterArn?: string;
  /** Attributes for `CreateQueue`, with the redrive policy. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The properties that are attributes under the same name. */
const attributeNames = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
] as const;

/** Reads one `AWS::SQS::Queue`. */
export function readQueue({ logicalId, name, properties, constructPath }: NamedResource): QueueDefinition {
  const attributes = attributeNames.flatMap((attribute): [string, string][] => {
    const value = properties[attribute];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[attribute, String(value)]]
      : [];
  });
  const redrive = redrivePolicy(properties.RedrivePolicy);
  return {
    name,
    logicalId,
    arn: arnOf('sqs', name),
    fifo: isTrue(properties.FifoQueue),
    ...(constructPath !== undefined && { constructPath: constructPath.replace(/\/Resource$/, '') }),
    ...(redrive && { deadLetterArn: redrive.deadLetterTargetArn }),
    attributes: {
      ...Object.fromEntries(attributes),
      ...(redrive && { RedrivePolicy: JSON.stringify(redrive) }),
    },
  };
}

function redrivePolicy(
  policy: unknown,
): { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number } | undefined {
  const { deadLetterTargetArn, maxReceiveCount } = recordOf(policy);
  return typeof deadLetterTargetArn === 'string'
    ? { deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) }
    : undefined;
}
