import { exitCode } from '../../exit-code.ts';
import { CountProgress } from '../count-progress.ts';
import { DeployedQueue, sqsClient } from '../deployed-queue.ts';
import { findStack, findTechnique, type DeployedSource, type DeployedTechnique } from '../deployed-stack.ts';
import { RemoteError } from '../remote-error.ts';
import type { Refused } from './send-batch.ts';
import { sendToQueue, type Sent } from './send-to-queue.ts';

/** What `lab send` is told. */
export interface SendOptions {
  readonly messages: number;
  /** JSON. */
  readonly body: string;
  readonly groups: number;
  readonly stack: string;
  readonly json?: boolean;
}

/** Sends messages to a technique's source, and says how many it took. */
export async function send(name: string, options: SendOptions): Promise<void> {
  const technique = findTechnique(await findStack(options.stack), name);
  const queue = queueOf(technique);
  const { messages, groups } = options;
  const body = JSON.stringify(JSON.parse(options.body));
  using progress = new CountProgress(messages, 'messages sent');
  const plan = { messages, body, groups: queue.isFifo ? groups : undefined };
  const result = await sendToQueue(queue, plan, (sent) => {
    progress.show(sent);
  });
  progress[Symbol.dispose]();
  print(name, queue.url, result, options);
  if (result.refused.length > 0) process.exitCode = exitCode.failure;
}

function queueOf({ name, source }: DeployedTechnique): DeployedQueue {
  if (source?.kind === 'queue')
    return new DeployedQueue(sqsClient(), source.queueUrl, `The queue of ${name}`);
  throw new RemoteError('stack', `${name} has no queue, and only queues are sent to. ${instead(source)}`);
}

function instead(source: DeployedSource | undefined): string {
  switch (source?.kind) {
    case 'kinesis':
      return `Put records into its stream: aws kinesis put-records --stream-name ${source.streamName}.`;
    case 'dynamodb':
      return `Put items with an id and a body into its table: aws dynamodb put-item --table-name ${source.tableName}.`;
    case 'kafka':
      return `Produce to the topic that the consumer group ${source.consumerGroup} reads, with a client of Kafka.`;
    default:
      return 'The outputs of the stack name no source of it.';
  }
}

function print(name: string, to: string, { sent, refused }: Sent, { messages, json }: SendOptions): void {
  const reasons = byReason(refused);
  if (json) {
    console.log(JSON.stringify({ function: name, to, sent, refused: reasons }));
    return;
  }
  console.log(`${sent} of ${messages} messages sent to ${to}`);
  for (const { count, code, message } of reasons)
    console.error(`lab: ${count} not taken: ${code} (${message})`);
}

/** Thousands are refused for one reason, and told once. */
function byReason(refused: readonly Refused[]): readonly (Refused & { readonly count: number })[] {
  const groups = Map.groupBy(refused, ({ code, message }) => `${code} ${message}`);
  return [...groups.values()].flatMap((group) => (group[0] ? { count: group.length, ...group[0] } : []));
}
