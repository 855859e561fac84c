/** A value of a message attribute. */
export interface AttributeValue {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

/** A message to send. */
export interface SendEntry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageAttributes: Record<string, AttributeValue>;
  readonly MessageSystemAttributes?: { readonly AWSTraceHeader: AttributeValue };
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

/** A message whose visibility timeout is to be set. */
export interface VisibilityEntry {
  readonly Id: string;
  readonly ReceiptHandle: string;
  /** Delay in seconds. */
  readonly VisibilityTimeout: number;
}

/** An entry that was refused. */
interface RefusedEntry {
  readonly Id?: string | undefined;
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
}

/** Result of a batch call. */
export interface BatchResult {
  /** The entries that were accepted. An entry that is not in this list counts as refused. */
  readonly Successful?: readonly { readonly Id?: string | undefined }[] | undefined;
  readonly Failed?: readonly RefusedEntry[] | undefined;
}

interface CallOptions {
  readonly abortSignal?: AbortSignal;
}

/** The calls that are made: those of the client `SQS` of `@aws-sdk/client-sqs`. */
export interface SqsCalls {
  /** Sets the visibility timeout of up to ten messages. */
  changeMessageVisibilityBatch(
    input: { QueueUrl: string; Entries: VisibilityEntry[] },
    options?: CallOptions,
  ): Promise<BatchResult>;
  /** Sends up to ten messages. */
  sendMessageBatch(
    input: { QueueUrl: string; Entries: SendEntry[] },
    options?: CallOptions,
  ): Promise<BatchResult>;
}

/** Timeout in milliseconds. */
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 3_000;

/**
 * Creates a client. The AWS SDK is loaded here, so that a cold start does not pay for it.
 *
 * @throws {Error} when `@aws-sdk/client-sqs` is not installed
 */
export async function createClient(): Promise<SqsCalls> {
  const { SQS } = await import('@aws-sdk/client-sqs').catch((cause: unknown) => {
    throw new Error(
      'Cannot load @aws-sdk/client-sqs, which delaying and parking messages needs. Install it beside @parallel-lambda/sqs',
      { cause },
    );
  });
  return new SQS({
    maxAttempts: 2,
    // Else the host of a queue's URL replaces the endpoint of the environment, such as that of a VPC or of an emulator.
    useQueueUrlAsEndpoint: false,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      // Else a request that takes longer is only logged, and not tried again.
      throwOnRequestTimeout: true,
    },
  });
}
