import { CountProgress } from '../count-progress.ts';
import { DeployedQueue, sqsClient } from '../deployed-queue.ts';
import { findStack, findTechnique, type DeployedTechnique } from '../deployed-stack.ts';
import { RemoteError } from '../remote-error.ts';
import { moveByHand } from './move-by-hand.ts';
import { followMove, startMove } from './move-task.ts';

/** What `lab redrive` is told. */
export interface RedriveOptions {
  /** Messages a second. */
  readonly rate?: number;
  readonly stack: string;
  readonly json?: boolean;
}

/** Moves a technique's dead letters back into its queue, and says how many. */
export async function redrive(name: string, { rate, stack, json }: RedriveOptions): Promise<void> {
  const queues = queuesOf(findTechnique(await findStack(stack), name));
  const { visible, inFlight } = await queues.deadLetters.depth();
  const moved = visible === 0 ? 0 : await move(queues, visible, rate);
  if (json) console.log(JSON.stringify({ function: name, moved, inFlight }));
  else console.log(sentence(name, moved, visible, inFlight));
}

function sentence(name: string, moved: number, visible: number, inFlight: number): string {
  if (visible > 0) return `${moved} of ${visible} dead letters moved back to the queue of ${name}.`;
  if (inFlight === 0) return `${name} has no dead letters.`;
  return `${name} has no dead letters to move: ${inFlight} have been received by someone, and are hidden for a while.`;
}

interface Queues {
  readonly deadLetters: DeployedQueue;
  readonly queue: DeployedQueue;
  readonly client: ReturnType<typeof sqsClient>;
}

function queuesOf({ name, source, deadLetterQueueUrl }: DeployedTechnique): Queues {
  if (source?.kind !== 'queue' || deadLetterQueueUrl === undefined) {
    throw new RemoteError(
      'stack',
      `${name} has no queue that its dead letters could go back to: they are notes that say where in its source the ` +
        'records are (docs/operating.md, "Redrive").',
    );
  }
  const client = sqsClient();
  return {
    deadLetters: new DeployedQueue(client, deadLetterQueueUrl, `The dead-letter queue of ${name}`),
    queue: new DeployedQueue(client, source.queueUrl, `The queue of ${name}`),
    client,
  };
}

async function move({ deadLetters, queue, client }: Queues, visible: number, rate?: number): Promise<number> {
  using progress = new CountProgress(visible, 'dead letters moved');
  const onMoved = (moved: number): void => {
    progress.show(moved);
  };
  const arn = await deadLetters.arn();
  const started = await startMove(client, arn, rate);
  if (started) return await followMove(client, arn, started, onMoved);
  console.error('lab: this endpoint moves no messages by itself, so that each is received, sent and deleted');
  return await moveByHand(deadLetters, queue, visible, onMoved);
}
