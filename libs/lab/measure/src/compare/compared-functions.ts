import type { Assembly } from '@parallel-lambda/local-stack';
import type { Setting, Timeline } from '@parallel-lambda/report';

import type { Circumstances } from '../compose-measurements.ts';
import { thisMachine } from '../machine.ts';
import { enforcement, openLocally } from '../open-local.ts';
import type { Progress } from '../progress.ts';
import { recordTimeline } from '../record-timeline.ts';
import type { OpenFunction } from '../trial.ts';
import type { FunctionOptions } from '@parallel-lambda/local-lambda';
import { drawn } from './workloads.ts';

/** Functions that are compared, wherever they are. */
export interface ComparedFunctions {
  /** Every technique, as it is set up. */
  readonly techniques: readonly Setting[];
  readonly open: OpenFunction;
  readonly circumstances: Omit<Circumstances, 'purpose' | 'region'>;
  /** Whether they are as they were deployed: with their own workers, and warm when they happen to be. */
  readonly asDeployed: boolean;
  /** Has each work on a batch of which every step is seen, where that can be. */
  recordTimelines(progress: Progress): Promise<readonly Timeline[]>;
}

/** The functions of an assembly, as their template sets them up unless the options say otherwise. */
export async function localFunctions(
  assembly: Assembly,
  options: FunctionOptions,
): Promise<ComparedFunctions> {
  const { memory, runtime } = options;
  const techniques = assembly.functions.map(({ name, memoryMb }) => ({
    function: name,
    memoryMb: memory ?? memoryMb,
  }));
  return {
    techniques,
    open: openLocally(assembly, options),
    circumstances: {
      machine: thisMachine(),
      runtime,
      enforced: await enforcement(assembly, options, techniques[0]?.memoryMb ?? 1769),
      architecture: assembly.functions[0]?.architecture ?? 'arm64',
    },
    asDeployed: false,
    async recordTimelines(progress) {
      const open = openLocally(assembly, options, { TIMELINE: 'on' });
      const timelines = [];
      for (const setting of techniques) {
        progress.say(`recording the timeline of ${setting.function}`);
        timelines.push(await recordTimeline(open, setting, drawn));
      }
      return timelines;
    },
  };
}
