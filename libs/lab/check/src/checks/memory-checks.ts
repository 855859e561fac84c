import type { TestMessage } from '../messages/test-message.ts';
import type { ObservedFunction } from '../observe/observed-function.ts';
import type { ThreadStatus } from '../observe/thread-connection.ts';
import type { CheckResult } from './check-result.ts';
import { growth } from './growth.ts';
import { openSubject, type Subject } from './subject.ts';

/** Messages of a batch. */
const batchSize = 20;
/** Messages between two looks, at least. */
const messagesPerLook = 80;
const looks = 20;
/** Maximum milliseconds of the check. */
const budgetMs = 35_000;
/** With fewer looks a function has not warmed up. */
const minLooks = 16;
/** Looks at a function that does not wait for its calls fail. */
const maxMissed = 3;
/** Bytes per message: less is the noise of a heap that is collected. */
const limits = { noticeable: 150, negligible: 75 };

/** Checks whether memory and active resources grow from batch to batch. */
export async function checkMemory(subject: Subject): Promise<readonly CheckResult[]> {
  const { factory, maxBatch } = subject;
  const size = Math.min(batchSize, maxBatch);
  const batchesPerLook = Math.ceil(messagesPerLook / size);
  await using observed = await openSubject(subject);
  const statuses: ThreadStatus[] = [];
  let delivered = 0;
  let why = `only ${budgetMs / 1000} s were left for them`;
  const startedAt = performance.now();
  for (let batch = 0; batch < looks * batchesPerLook; batch += 1) {
    if (performance.now() - startedAt > budgetMs) break;
    const { result } = await observed.deliver(factory.batch(10_000 + batch * size, size));
    if (result.status !== 'success') {
      why = `a batch failed: ${result.error.errorType}`;
      break;
    }
    delivered += size;
    if (batch % batchesPerLook < batchesPerLook - 1) continue;
    const status = await lookAt(observed, factory.batch(9000 + batch, 1), subject.info.calls > 0);
    if (status) statuses.push(status);
    else if (statuses.length === 0 && batch > maxMissed * batchesPerLook) {
      why = 'the function responds before its calls are answered';
      break;
    }
  }
  const messages = statuses.length * (batchesPerLook * size + 1);
  const sent = `${messages} messages in batches of ${size}, in one environment`;
  if (statuses.length < minLooks) {
    const seen = `there is no trend after ${delivered} messages: ${why}`;
    const unknown = { result: 'unknown', sent, seen, how: 'too few batches' } as const;
    return [
      { id: 'memory', ...unknown },
      { id: 'leftovers', ...unknown },
    ];
  }
  return [
    memoryResult(statuses, batchesPerLook * size, sent),
    leftoversResult(statuses, batchesPerLook + 1, sent),
  ];
}

/** Measures while the function only waits for the answer to one call, or, without calls, at its start. */
async function lookAt(
  observed: ObservedFunction,
  messages: readonly TestMessage[],
  calls: boolean,
): Promise<ThreadStatus | undefined> {
  if (!calls) {
    const looked = observed.look();
    await observed.deliver(messages);
    return await looked;
  }
  let status: ThreadStatus | undefined;
  await observed.deliver(messages, {
    treat: () => 'hold',
    onQuiet: async () => {
      status ??= await observed.look();
    },
  });
  return status;
}

function memoryResult(statuses: readonly ThreadStatus[], perLook: number, sent: string): CheckResult {
  const { trend, slope } = growth(
    statuses.map(({ bytes }) => bytes),
    {
      noticeable: limits.noticeable * perLook,
      negligible: limits.negligible * perLook,
    },
  );
  const perMessage = Math.round(slope / perLook);
  const seen = {
    grows: `${perMessage} more bytes per message, without a limit`,
    steady: 'no growth from batch to batch',
    unclear: `some growth (${perMessage} bytes per message), which may stop`,
  }[trend];
  const how = 'the heap after a garbage collection, in the main thread';
  return { id: 'memory', result: resultOf[trend], sent, seen, how };
}

const resultOf = { grows: 'no', steady: 'yes', unclear: 'unknown' } as const;

function leftoversResult(statuses: readonly ThreadStatus[], batches: number, sent: string): CheckResult {
  const how = 'the active resources of Node.js in the main thread';
  const all = statuses.map(({ resources, intervals }) => ({ ...resources, 'Interval (unref)': intervals }));
  const types = new Set(all.flatMap((resources) => Object.keys(resources)));
  for (const type of types) {
    const counts = all.map((resources: Readonly<Record<string, number>>) => resources[type] ?? 0);
    const { trend, slope } = growth(counts, { noticeable: batches / 2, negligible: 0.1 });
    if (trend !== 'grows') continue;
    const perBatch = slope / batches;
    const seen = `${perBatch.toFixed(1)} more of ${type} with every batch, ${String(counts.at(-1))} at the end`;
    return { id: 'leftovers', result: 'no', sent, seen, how };
  }
  return { id: 'leftovers', result: 'yes', sent, seen: 'no more active resources from batch to batch', how };
}
