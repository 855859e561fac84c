import { maxEventBytes, mbPerVcpu } from '@parallel-lambda/local-lambda';
import { settingText, type Series, type Setting } from '@parallel-lambda/report';

import type { Trial } from '../trial.ts';
import type { Batches } from './batches.ts';
import type { Candidate, SearchSpace } from './search-space.ts';

const warmUpMessages = 10;

/** Larger batches, so that adaptive workers can adapt. */
const adaptiveMessages = 100;
const adaptiveWarmUps = 3;

/** Returns the trial of a candidate. */
export function trialOf(batches: Batches, { setting, messages: size }: Candidate): Trial {
  const messages = batches.fixedSize ?? size;
  return {
    series: seriesOf(batches, { setting, messages }),
    event: batches.of(messages),
    // Adaptive workers adapt with each batch.
    ...(setting.workers === 'adaptive'
      ? { warmUp: batches.of(Math.min(adaptiveMessages, messages)), warmUps: adaptiveWarmUps }
      : { warmUp: batches.of(Math.min(warmUpMessages, messages)) }),
  };
}

export function seriesOf({ workload }: Batches, candidate: Candidate): Series {
  const what = { variant: candidate.setting.function, ...candidate };
  return { id: settingText(what), workload: workload.name, ...what, cold: false };
}

/** Returns the candidates that differ from one in a single property. The properties take turns. */
export function singles(space: SearchSpace, candidate: Candidate): readonly Candidate[] {
  const [memory, ...others] = dimensions(space, candidate);
  const last = memory ? [memory] : [];
  return inTurns([...others, ...last].map(({ values, at }) => values.filter((_, place) => place !== at)));
}

/** Returns the first of each list, then the second of each, and so on. */
export function inTurns<Item>(lists: readonly (readonly Item[])[]): readonly Item[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => lists.flatMap((list) => list[place] ?? [])).flat();
}

/**
 * Returns the candidates with the next memory size and the next value of another property. Where CPU and workers limit the
 * throughput equally, a change of one of them changes nothing.
 */
export function diagonals(space: SearchSpace, candidate: Candidate): readonly Candidate[] {
  const [memory] = dimensions(space, candidate);
  return neighbours(memory).flatMap((moved) => dimensions(space, moved).slice(1).flatMap(neighbours));
}

/** All values of one property, ascending, and the place of the present one; −1 if it has another value. */
interface Dimension {
  readonly values: readonly Candidate[];
  readonly at: number;
}

function neighbours(dimension: Dimension | undefined): readonly Candidate[] {
  if (!dimension) return [];
  const { values, at } = dimension;
  return [values[at - 1], values[at + 1]].filter((candidate) => candidate !== undefined);
}

/** Memory is varied first. */
function dimensions(space: SearchSpace, { setting, messages }: Candidate): readonly Dimension[] {
  const { function: name, memoryMb, workers, threads, variables = {} } = setting;
  const dimension = <Value>(
    values: readonly Value[],
    now: Value,
    change: (value: Value) => Candidate,
  ): Dimension => ({ values: values.map(change), at: values.indexOf(now) });
  const withSetting = (part: Changes): Candidate => ({ setting: present({ ...setting, ...part }), messages });
  const knobs = space.knobs(name);
  return [
    dimension(space.memorySizes, memoryMb, (value) => withSetting({ memoryMb: value })),
    ...Object.entries(space.vary).map(([variable, values]) =>
      dimension([undefined, ...values], variables[variable], (value) =>
        withSetting({ variables: withVariable(variables, variable, value) }),
      ),
    ),
    dimension(space.batchSizes, messages, (value) => ({ setting, messages: value })),
    dimension([undefined, ...knobs.workers], workers, (value) => withSetting({ workers: value })),
    // Threads cannot speed up less than one vCPU.
    dimension([undefined, ...(memoryMb < mbPerVcpu ? [] : knobs.threads)], threads, (value) =>
      withSetting({ threads: value }),
    ),
  ];
}

/** Properties of a setting; one without a value is the function's own. */
type Changes = { readonly [Name in keyof Setting]?: Setting[Name] | undefined };

function present(changed: Changes): Setting {
  const given = Object.entries(changed).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as unknown as Setting;
}

function withVariable(
  variables: Readonly<Record<string, string>>,
  name: string,
  value: string | undefined,
): Setting['variables'] {
  const others = Object.entries(variables).filter(([other]) => other !== name);
  const changed = value === undefined ? others : [...others, [name, value] as const];
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}

/** Returns whether an event is small enough to be sent. */
export function fits({ event }: Trial): boolean {
  return Buffer.byteLength(JSON.stringify(event)) <= maxEventBytes;
}
