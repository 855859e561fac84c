import { sqsRecord } from '@parallel-lambda/event-sources';
import { LocalFunction, type InvocationResult } from '@parallel-lambda/local-lambda';

/**
 * Invokes a function of the project with SQS messages, in the local Lambda.
 *
 * @param codeFolder the folder that would be deployed
 * @param handler `file.export`
 * @param bodies one per message; the identifier of a message is its position
 * @param environment variables of the function
 */
export async function invoke(
  codeFolder: string,
  handler: string,
  bodies: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<InvocationResult> {
  await using local = new LocalFunction({
    name: 'installed',
    logicalId: 'Installed',
    codeFolder,
    handler,
    runtime: 'nodejs24.x',
    architecture: 'x86_64',
    memoryMb: 3538,
    timeoutSeconds: 10,
    environment,
    logFormat: 'Text',
    notes: [],
  });
  const Records = bodies.map((body, index) =>
    sqsRecord({ messageId: String(index), receiptHandle: String(index), body, md5OfBody: '' }),
  );
  return await local.invoke({ Records });
}

/** Returns the positions of the messages that are redelivered. */
export function failures(result: InvocationResult): number[] {
  if (result.status !== 'success') throw new Error(`${result.error.errorType}: ${result.error.errorMessage}`);
  const { batchItemFailures } = result.payload as { batchItemFailures: { itemIdentifier: string }[] };
  return batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
}
