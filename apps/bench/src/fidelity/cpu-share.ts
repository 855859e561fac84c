import { sqsEvent } from '@parallel-lambda/event-sources';
import { LocalFunction, mbPerVcpu, type Limits } from '@parallel-lambda/local-lambda';
import { findFunction, type Assembly } from '@parallel-lambda/local-stack';
import { spreadOf } from '@parallel-lambda/report';

/** What is done at each memory size: on one thread, or on as many as there are vCPUs. */
interface Kind {
  readonly name: string;
  readonly function: string;
  readonly body: unknown;
  readonly sizesMb: readonly number[];
}

/** One kind of work at one memory size. */
export interface CpuShare {
  readonly kind: string;
  readonly memoryMb: number;
  readonly limits: Limits;
  readonly durationMs: number;
  /** The time that one vCPU took, to this one. */
  readonly speed: number;
}

const messages = 64;

const kinds: readonly Kind[] = [
  {
    name: 'one thread',
    function: 'promises',
    body: { hash: 6 },
    sizesMb: [128, 256, 512, 1024, mbPerVcpu, 2 * mbPerVcpu],
  },
  {
    name: 'a thread a vCPU',
    function: 'worker-threads',
    body: { hash: 6 },
    sizesMb: [mbPerVcpu, 2 * mbPerVcpu],
  },
  {
    name: "libuv's threads",
    function: 'promises',
    body: { scrypt: 12 },
    sizesMb: [mbPerVcpu, 2 * mbPerVcpu],
  },
];

/** Measures the same work at every memory size: warm, with limits, size by size, over and over. */
export async function measureCpuShares(assembly: Assembly, runs: number): Promise<readonly CpuShare[]> {
  const shares: CpuShare[] = [];
  for (const kind of kinds) {
    await using stack = new AsyncDisposableStack();
    const sizes = kind.sizesMb.map((memoryMb) => {
      const options = { overrides: { memoryMb, timeoutSeconds: 60 }, limits: 'enforced' } as const;
      const local = stack.use(new LocalFunction(findFunction(assembly, kind.function), options));
      return { memoryMb, local, durationsMs: [] as number[] };
    });
    const event = sqsEvent(messages, kind.body);
    for (let run = -1; run < runs; run += 1) {
      for (const { local, durationsMs } of sizes) {
        const { status, report, log } = await local.invoke(event);
        if (status !== 'success') throw new Error(`An invocation did not succeed:\n${log}`);
        // The first one compiles.
        if (run >= 0) durationsMs.push(report.durationMs);
      }
    }
    const medians = sizes.map(({ durationsMs }) => spreadOf(durationsMs).median);
    const one = medians[kind.sizesMb.indexOf(mbPerVcpu)] ?? Number.NaN;
    for (const [index, { memoryMb, local }] of sizes.entries()) {
      const durationMs = medians[index] ?? Number.NaN;
      shares.push({ kind: kind.name, memoryMb, limits: local.limits, durationMs, speed: one / durationMs });
    }
  }
  return shares;
}
