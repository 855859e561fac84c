import { sqsEvent } from '@parallel-lambda/event-source';
import { LocalFunction, type Assembly, type InvocationResult } from '@parallel-lambda/local-lambda';

import type { Case, Competitor } from './cases.ts';
import { start } from './competitors.ts';

/** The milliseconds of every run of one competitor. */
export interface Series {
  readonly competitor: string;
  readonly durationsMs: readonly number[];
}

/** What all cases are measured with. */
export interface Setup {
  readonly assembly: Assembly;
  readonly memoryMb: number;
  readonly runs: number;
  readonly server: string;
}

/** Measures one case: its competitors in turn, round by round, each round beginning with another. */
export async function measure(one: Case, setup: Setup): Promise<readonly Series[]> {
  const { competitors, messages, body, cold = false, runs = setup.runs, warmUps = 3 } = one;
  const event = sqsEvent(messages, body(setup.server));
  const durations = new Map(competitors.map(({ name }) => [name, [] as number[]]));
  const warm = cold ? [] : competitors.map((competitor) => ({ competitor, local: startOne(competitor) }));
  function startOne(competitor: Competitor): LocalFunction {
    return start(setup.assembly, competitor, setup.memoryMb);
  }

  if (runs > 1) {
    for (const { local } of warm) for (let i = 0; i < warmUps; i++) succeeded(await local.invoke(event));
  }
  for (let run = 0; run < runs; run++) {
    for (let turn = 0; turn < competitors.length; turn++) {
      const competitor = competitors[(turn + run) % competitors.length];
      if (!competitor) continue;
      const running = warm.find((candidate) => candidate.competitor === competitor)?.local;
      const local = running ?? startOne(competitor);
      const { report } = succeeded(await local.invoke(event));
      durations.get(competitor.name)?.push(report.durationMs + (cold ? (report.initDurationMs ?? 0) : 0));
      if (cold) await local[Symbol.asyncDispose]();
    }
  }
  await Promise.all(warm.map(({ local }) => local[Symbol.asyncDispose]()));
  return [...durations].map(([competitor, durationsMs]) => ({ competitor, durationsMs }));
}

/** A batch that failed would count as a fast one. */
function succeeded(result: InvocationResult): InvocationResult {
  const { batchItemFailures } = (result.status === 'success' ? result.payload : {}) as {
    readonly batchItemFailures?: readonly unknown[];
  };
  if (batchItemFailures?.length === 0) return result;
  throw new Error(`An invocation did not succeed:\n${result.log}`);
}
