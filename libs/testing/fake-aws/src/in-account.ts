import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { onTestFinished, vi } from 'vitest';

import { fakeAws, noAccount, stack, type Answers, type FakeAws } from './fake-aws.ts';

/** Makes the SDK in this process use a fake endpoint until the test has finished. */
export async function inAccount(
  answers: Answers,
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<FakeAws> {
  const aws = await fakeAws(answers);
  for (const [name, value] of Object.entries({ ...noAccount, ...aws.variables, ...variables })) {
    vi.stubEnv(name, value);
  }
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await aws[Symbol.asyncDispose]();
  });
  return aws;
}

/** An account with queues, and a stack with the function `promises` that reads one of them. */
export interface AccountWithQueues {
  readonly sqs: FauxqsServer;
  readonly queueName: string;
  readonly deadLetterQueueName: string;
}

/**
 * Starts an SQS in this process, with a queue and its dead-letter queue.
 *
 * @param answers of the other services
 */
export async function inAccountWithQueues(fifo = false, answers: Answers = {}): Promise<AccountWithQueues> {
  const sqs = await startFauxqs({ port: 0, logger: false, defaultRegion: noAccount.AWS_REGION });
  onTestFinished(() => sqs.stop());
  const suffix = fifo ? '.fifo' : '';
  const attributes: Record<string, string> = fifo ? { FifoQueue: 'true' } : {};
  const create = (queueName: string) => sqs.createQueue(queueName, { attributes });
  const dead = create(`dead${suffix}`);
  const queue = create(`queue${suffix}`);
  await inAccount(
    {
      DescribeStacks: () =>
        stack({
          PromisesFunctionName: 'promises-7B7F',
          PromisesQueueUrl: queue.queueUrl,
          PromisesDeadLetterQueueUrl: dead.queueUrl,
        }),
      ...answers,
    },
    { AWS_ENDPOINT_URL_SQS: sqs.address.replace('localhost', '127.0.0.1') },
  );
  return { sqs, queueName: queue.queueName, deadLetterQueueName: dead.queueName };
}
