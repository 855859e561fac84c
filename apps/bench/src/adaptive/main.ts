/** Measures adaptive workers beside fixed numbers and peers: `npx nx adaptive bench`. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { services } from '@parallel-lambda/downstream';
import { commitOf } from '@parallel-lambda/measure';
import { Command, InvalidArgumentError } from 'commander';

import { workspace } from '../functions.ts';
import { bestToMeasure } from './compare-settings.ts';
import { measureCost, summarizeCost, type Cost, type CostSummary } from './cost.ts';
import { measure } from './measure.ts';
import { adaptiveSetting, fixedSetting, peerSettings, type Setting } from './settings.ts';
import { readRuns, storeRuns, type Run } from './stored-runs.ts';

const SWEEP = [1, 2, 4, 8, 16, 20, 32, 64, 128, 256, 512];
const COST_ROUNDS = 10;

interface Options {
  readonly only?: readonly string[];
  readonly workers?: readonly number[];
  readonly sweep: boolean;
  readonly adaptive: boolean;
  readonly best: boolean;
  readonly peers: boolean;
  readonly cost: boolean;
  readonly seconds: number;
  readonly rounds: number;
  readonly json?: string;
}

await new Command('adaptive')
  .description('Measure adaptive workers with services that saturate, reject and slow down')
  .option('--only <SERVICE...>', 'measure only these services, a to h')
  .option('--workers <N...>', 'compare with these fixed numbers of workers', wholeNumbers)
  .option('--sweep', `compare with ${SWEEP.join(', ')} workers`, false)
  .option('--peers', 'compare with p-map, Powertools and Effect', false)
  .option('--no-adaptive', 'do not measure adaptive workers')
  .option('--best', 'measure the best fixed number in the file of --json for the whole duration', false)
  .option('--cost', 'measure what adaptive workers cost, instead of the services', false)
  .option('--seconds <N>', 'duration of each run', Number, 10)
  .option('--rounds <N>', 'runs of each setting, interleaved', Number, 1)
  .option('--json <FILE>', 'file that the runs are added to')
  .action(run)
  .parseAsync();

async function run(options: Options): Promise<void> {
  const file = options.json === undefined ? undefined : path.resolve(workspace, options.json);
  const commit = commitOf(workspace);
  if (file !== undefined && existsSync(file) && readRuns(file).commit !== commit) {
    throw new Error(`${options.json} has runs of another commit. Delete it, or write to another file.`);
  }
  if (options.best && (file === undefined || !existsSync(file))) {
    throw new Error('--best needs --json with a file that has the runs of a sweep.');
  }
  // Stored after each run, so that a sweep can be stopped and continued.
  const store = (runs: readonly Run[], cost: readonly Cost[] = []): void => {
    if (file !== undefined)
      storeRuns(file, commit, existsSync(file) ? readRuns(file) : undefined, runs, cost);
  };
  if (!options.cost) {
    const best = (service: string, runs: number) =>
      file === undefined ? undefined : bestToMeasure(readRuns(file), service, options.seconds, runs);
    await measureServices(options, best, (done) => {
      store([done]);
    });
    return;
  }
  const cost = await measureCost(COST_ROUNDS);
  for (const one of summarizeCost(cost)) printCost(one);
  store([], cost);
}

async function measureServices(
  { only, seconds, rounds, ...options }: Options,
  bestOf: (service: string, runs: number) => string | undefined,
  store: (done: Run) => void,
): Promise<void> {
  using server = fork(path.join(import.meta.dirname, 'service-server.ts'));
  const [{ port }] = (await once(server, 'message')) as [AddressInfo];
  console.log('| service | workers | per second | first 3 s | rejected | p99 |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const model of services.filter(({ name }) => only?.includes(name) ?? true)) {
    // A service that changes with time needs the whole time.
    const duration = model.name === 'e' ? 10 : seconds;
    for (let round = 1; round <= rounds; round += 1) {
      for (const setting of settingsOf(options, () => bestOf(model.name, round))) {
        // The settings of a round get the same random numbers.
        server.send({ name: model.name, seed: round });
        await once(server, 'message');
        const measured = await measure(model, `http://127.0.0.1:${port}`, setting, 1_000 * duration);
        const done = { service: model.name, setting: setting.name, seconds: duration, ...measured };
        store(done);
        print(done);
      }
    }
  }
}

function* settingsOf(
  { workers, sweep, adaptive, peers, best }: Omit<Options, 'only' | 'seconds' | 'rounds'>,
  nextBest: () => string | undefined,
): Generator<Setting> {
  const fixed = workers ?? (sweep ? SWEEP : []);
  yield* [...(adaptive ? [adaptiveSetting] : []), ...fixed.map(fixedSetting), ...(peers ? peerSettings : [])];
  // A longer run can make another number the best.
  for (let number = best ? nextBest() : undefined; number !== undefined; number = nextBest()) {
    yield fixedSetting(Number(number));
  }
}

function print({ service, setting, perSecond, earlyPerSecond, rejected, p99Ms }: Run): void {
  const columns = [
    service,
    setting,
    Math.round(perSecond),
    Math.round(earlyPerSecond),
    `${(100 * rejected).toFixed(1)} %`,
    `${Math.round(p99Ms)} ms`,
  ];
  console.log(`| ${columns.join(' | ')} |`);
}

function printCost({ setting, durationMs, cpuMs, inFlight, ratio }: CostSummary): void {
  console.log(
    `${setting}: ${durationMs.toFixed(1)} ms, CPU ${cpuMs.toFixed(1)} ms, ${Math.round(inFlight)} in flight, ${ratio.toFixed(3)} × fixed`,
  );
}

function wholeNumbers(text: string, before: readonly number[] = []): readonly number[] {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return [...before, Number(text)];
}
