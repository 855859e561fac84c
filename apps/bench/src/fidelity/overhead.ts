import { LocalFunction, type FunctionDefinition } from '@parallel-lambda/local-lambda';
import { spreadOf, type Spread } from '@parallel-lambda/report';

/** What the lab adds to an invocation of an empty function, warm, frozen before and after. */
export interface Overhead {
  readonly limits: 'off' | 'enforced';
  /** From the call to its result, without the function's own duration, in milliseconds. */
  readonly aroundMs: Spread;
  /** The function's own duration, from the thaw on. */
  readonly durationMs: Spread;
  /** Invocations one after another, in a second. */
  readonly perSecond: number;
}

const memoryMb = 3538;

/** Measures the lab itself: with limits and without, in turn. */
export async function measureOverhead(
  empty: FunctionDefinition,
  invocations: number,
): Promise<readonly Overhead[]> {
  await using stack = new AsyncDisposableStack();
  const series = (['off', 'enforced'] as const).map((limits) => ({
    limits,
    local: stack.use(new LocalFunction(empty, { overrides: { memoryMb }, limits })),
    aroundMs: [] as number[],
    durationsMs: [] as number[],
  }));
  for (let invocation = -100; invocation < invocations; invocation += 1) {
    for (const { local, aroundMs, durationsMs } of series) {
      const startedAt = performance.now();
      const { report } = await local.invoke({});
      if (invocation < 0) continue;
      aroundMs.push(performance.now() - startedAt - report.durationMs);
      durationsMs.push(report.durationMs);
    }
  }
  return series.map(({ limits, aroundMs, durationsMs }) => {
    const totalMs = [...aroundMs, ...durationsMs].reduce((sum, one) => sum + one, 0);
    const perSecond = (1000 * invocations) / totalMs;
    return { limits, aroundMs: spreadOf(aroundMs), durationMs: spreadOf(durationsMs), perSecond };
  });
}
