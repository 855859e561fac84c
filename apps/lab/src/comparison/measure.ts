import { availableParallelism, cpus } from 'node:os';

import { findFunction, LocalFunction, LocalLambdaError, type Assembly } from '@parallel-lambda/local-lambda';

import { localFunctionOptions, type FunctionOptions } from '../options.ts';
import { sqsEvent } from '@parallel-lambda/event-source';
import { oneByOne, type Measurements, type Sample, type Way } from './measurements.ts';
import { sampleBatch, workloads } from './workloads.ts';

/** What is to be measured. */
export interface Plan {
  readonly assembly: Assembly;
  readonly runs: number;
  readonly settings: FunctionOptions;
}

/** Told before each invocation that counts, of so many. */
export type OnProgress = (done: number, all: number, what: string) => void;

/** One invocation that is to be measured. */
interface Step {
  readonly workload: string;
  readonly way: Way;
  readonly messages: number;
  readonly body: unknown;
}

/** Few enough to be quick, enough for each technique's code to be compiled. */
const warmUpMessages = 8;

/**
 * Measures every technique of the assembly and one message after another, in warm environments, interleaved: round
 * by round, so that what else this machine does falls on all alike.
 *
 * @throws {LocalLambdaError} when a function fails: what it measured would mean nothing
 */
export async function measure(plan: Plan, onProgress: OnProgress): Promise<Measurements> {
  const { assembly, runs, settings } = plan;
  const techniques = assembly.functions.map(({ name }): Way => ({ name, function: name }));
  const rounds = Array.from({ length: runs }, (_, run) => roundOf([oneByOne, ...techniques], run));
  const ofTheSample = techniques.map((way): Step => {
    const { name, messages, body, workers } = sampleBatch;
    return { workload: name, way: { ...way, workers }, messages, body };
  });
  const steps = [...rounds.flat(), ...ofTheSample];
  await using environments = new Environments(plan);
  await environments.warmUp(steps);
  const samples: Sample[] = [];
  for (const [done, step] of steps.entries()) {
    onProgress(done, steps.length, `${step.workload}: ${step.way.name}`);
    samples.push(await environments.invoke(step, step.messages));
  }
  const definition = findFunction(assembly, oneByOne.function);
  return {
    format: 1,
    takenAt: new Date().toISOString(),
    node: process.version,
    machine: { platform: process.platform, cpu: cpus()[0]?.model ?? '', cpus: availableParallelism() },
    runtime: settings.runtime,
    memoryMb: settings.memory ?? definition.memoryMb,
    architecture: definition.architecture,
    runs,
    samples,
  };
}

/** One round: every workload in every way, each time beginning with another way. */
function roundOf(ways: readonly Way[], run: number): Step[] {
  const turned = ways.map((_, index) => ways[(index + run) % ways.length] ?? oneByOne);
  return workloads.flatMap(({ name, messages, body }) =>
    turned.map((way): Step => ({ workload: name, way, messages, body })),
  );
}

/** The warm environments, one a function and number of workers. */
class Environments {
  readonly #plan: Plan;
  readonly #started = new Map<string, LocalFunction>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  async warmUp(steps: readonly Step[]): Promise<void> {
    const distinct = new Map(steps.map((step) => [`${step.workload} ${keyOf(step.way)}`, step]));
    for (const step of distinct.values()) await this.invoke(step, warmUpMessages);
  }

  async invoke({ workload, way, body }: Step, messages: number): Promise<Sample> {
    const environment = this.#environment(way);
    const result = await environment.invoke(sqsEvent(messages, body));
    const failures = result.status === 'success' ? failuresIn(result.payload) : undefined;
    if (result.status !== 'success' || failures !== 0) {
      const what = result.status === 'success' ? `${failures} messages failed` : result.error.errorMessage;
      throw new LocalLambdaError('assembly', `${way.name} failed at "${workload}": ${what}\n${result.log}`);
    }
    const { durationMs, billedDurationMs, maxMemoryUsedMb } = result.report;
    return { workload, way: way.name, messages, durationMs, billedDurationMs, maxMemoryUsedMb };
  }

  #environment(way: Way): LocalFunction {
    const key = keyOf(way);
    const running = this.#started.get(key);
    if (running) return running;
    const { assembly, settings } = this.#plan;
    const own = { ...settings, ...(way.workers !== undefined && { workers: way.workers }) };
    const started = new LocalFunction(findFunction(assembly, way.function), localFunctionOptions(own));
    this.#started.set(key, started);
    return started;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#started.values()].map((started) => started[Symbol.asyncDispose]()));
  }
}

function keyOf(way: Way): string {
  return `${way.function} ${way.workers ?? ''}`;
}

function failuresIn(payload: unknown): number {
  const { batchItemFailures } = payload as { readonly batchItemFailures: readonly unknown[] };
  return batchItemFailures.length;
}
