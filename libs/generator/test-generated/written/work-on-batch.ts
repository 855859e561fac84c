import { abandoned, notStarted, perform, succeeded } from '@parallel-lambda/batch';
import type { Batch, Invocation, Outcome, Work } from '@parallel-lambda/batch';

/** A technique in a few lines: for each worker a recursion of promises, which takes lanes until none is left. */
export async function workOnBatch(
  { messages, lanes, source }: Batch,
  { deadline, context }: Invocation,
  { work, workers }: { readonly work: Work; readonly workers: number },
): Promise<readonly Outcome[]> {
  const outcomes = messages.map((): Outcome => notStarted);
  const waiting = lanes.values();
  let checkpoint = Infinity;
  const takeLane = async (): Promise<void> => {
    const { value: lane } = waiting.next();
    if (lane === undefined) return;
    for (const position of lane) {
      const message = messages[position];
      if (!message || deadline.passed() || position > checkpoint) break;
      outcomes[position] = abandoned;
      try {
        await perform(work, message, context);
        outcomes[position] = succeeded;
      } catch (error) {
        outcomes[position] = { status: 'failed', error };
        if (source.checkpoint) checkpoint = Math.min(checkpoint, position);
        break;
      }
    }
    await takeLane();
  };
  await Promise.race([Promise.all(Array.from({ length: workers }, takeLane)), deadline.givenUp]);
  return outcomes.slice();
}
