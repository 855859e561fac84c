import { seededRandom, type Random } from '@parallel-lambda/event-sources';
import { LocalFunction, type InvocationResult } from '@parallel-lambda/local-lambda';
import { type Assembly } from '@parallel-lambda/local-stack';

import type { Case, Competitor } from './case.ts';
import { start } from './competitors.ts';

/** The milliseconds of every run of one competitor. */
export interface Series {
  readonly competitor: string;
  readonly peer?: true;
  readonly durationsMs: readonly number[];
}

/** What all cases are measured with. */
export interface Setup {
  readonly assembly: Assembly;
  readonly memoryMb: number;
  readonly runs: number;
  /** By which the competitors are drawn: the same seed is the same order. */
  readonly seed: number;
  readonly server: string;
}

/** Measures one case: each round all competitors in turn, in an order that is drawn anew. */
export async function measure(one: Case, setup: Setup): Promise<readonly Series[]> {
  const { competitors, cold = false, warmUps = 3, inARow = 1 } = one;
  const runs = Math.min(setup.runs, one.runs ?? Infinity);
  const event = one.event(setup.server);
  const random = seededRandom(setup.seed);
  const durations = new Map(competitors.map(({ name }) => [name, [] as number[]]));
  const startOne = (competitor: Competitor): LocalFunction =>
    start(setup.assembly, competitor, setup.memoryMb);
  // Ended also where an invocation answers otherwise than it should.
  await using environments = new AsyncDisposableStack();
  const warm = new Map(
    cold ? [] : competitors.map((competitor) => [competitor, environments.use(startOne(competitor))]),
  );

  if (runs > 1) {
    for (const local of warm.values()) {
      for (let i = 0; i < warmUps; i++) await timeOf(local, event, one);
    }
  }
  for (let run = 0; run < runs; run++) {
    for (const competitor of shuffled(competitors, random)) {
      await using own = new AsyncDisposableStack();
      const local = warm.get(competitor) ?? own.use(startOne(competitor));
      const durationsMs: number[] = [];
      for (let i = 0; i < inARow; i++) durationsMs.push(await timeOf(local, event, one));
      durations.get(competitor.name)?.push(...durationsMs.slice(inARow > 1 ? 1 : 0));
    }
  }
  return competitors.map(({ name, peer }) => ({
    competitor: name,
    ...(peer && { peer }),
    durationsMs: durations.get(name) ?? [],
  }));
}

/** In milliseconds: what Lambda would bill, or where several batches are sent at once, until the last is answered. */
async function timeOf(
  local: LocalFunction,
  event: unknown,
  { cold = false, batches = 1, failures = 0 }: Case,
): Promise<number> {
  const sentAt = performance.now();
  const results = await Promise.all(Array.from({ length: batches }, () => local.invoke(event)));
  const untilAnsweredMs = performance.now() - sentAt;
  const [{ report }] = results.map((result) => answered(result, failures)) as [InvocationResult];
  if (batches > 1) return untilAnsweredMs;
  return report.durationMs + (cold ? (report.initDurationMs ?? 0) : 0);
}

/** A batch that failed otherwise than it was to would count as a fast one. */
function answered(result: InvocationResult, failures: number): InvocationResult {
  const { batchItemFailures } = (result.status === 'success' ? result.payload : {}) as {
    readonly batchItemFailures?: readonly unknown[];
  };
  if (batchItemFailures?.length === failures) return result;
  throw new Error(`An invocation did not answer with ${failures} failures:\n${result.log}`);
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
