import { Runtime } from 'aws-cdk-lib/aws-lambda';

import { type Technique, techniques } from '../techniques.ts';
import {
  managedMemoryRange,
  managedTimeoutRange,
  memoryRange,
  type SourceLimits,
  sourceLimits,
  timeoutRange,
} from './limits.ts';
import { readKafka } from './read-kafka.ts';
import { isManaged, readManaged } from './read-managed.ts';
import { readAlarmTopic, readStackName, readTags } from './read-names.ts';
import { readPollers } from './read-pollers.ts';
import { type Context, readChoice, readNumber, SettingsError, shown } from './read-values.ts';
import { refuseContradictions, refuseUnknown } from './refuse.ts';
import { type Settings, sourceNames } from './settings.ts';

/** Runtimes for which the functions are built, as far as this version of CDK has them. The first is the default. */
const runtimes = ['nodejs24.x', 'nodejs22.x', 'nodejs26.x'].filter((name) =>
  Runtime.ALL.some((runtime) => runtime.name === name),
) as [string, ...string[]];

/**
 * Reads the settings of a stack, and checks them.
 *
 * @param context values of `cdk.json` and `--context name=value`
 * @throws {SettingsError} if one is unknown, out of range, or contradicts another
 */
export function readSettings(context: Context): Settings {
  refuseUnknown(context);
  const source = readChoice(context, 'source', sourceNames);
  const limits = sourceLimits[source];
  const isOnInstances = isManaged(context);
  const memories = isOnInstances ? managedMemoryRange : memoryRange;
  const timeouts = isOnInstances ? managedTimeoutRange : timeoutRange;
  const workers =
    context.workers === 'adaptive' ? 'adaptive' : readNumber(context, 'workers', { min: 1, max: 10_000 });
  const threads = readNumber(context, 'threads', { min: 1, max: 64 });
  const deployed = readTechniques(context);
  const memory = readNumber(context, 'memory', memories) ?? memories.default;
  const alarmTopic = readAlarmTopic(context);
  const settings: Settings = {
    stackName: readStackName(context, source),
    tags: readTags(context),
    source,
    techniques: deployed,
    runtime: readChoice(context, 'runtime', runtimes),
    memory,
    timeout: readNumber(context, 'timeout', timeouts) ?? timeouts.default,
    architecture: readChoice(context, 'architecture', ['arm64', 'x86_64']),
    ...(workers !== undefined && { workers }),
    ...(threads !== undefined && { threads }),
    batchSize: readNumber(context, 'batchSize', limits.batchSize) ?? limits.batchSize.default,
    window: readNumber(context, 'window', limits.window) ?? limits.window.default,
    ...readConcurrency(context, limits),
    removalPolicy: readChoice(context, 'removalPolicy', ['destroy', 'retain']),
    logFormat: readChoice(context, 'logFormat', ['json', 'text']),
    metrics: readChoice(context, 'metrics', ['on', 'off']),
    tracing: readChoice(context, 'tracing', ['off', 'on']),
    parking: readChoice(context, 'parking', ['off', 'on']),
    ...(alarmTopic !== undefined && { alarmTopic }),
    ...(isOnInstances && { managed: readManaged(context, { count: deployed.length, memory }) }),
    ...(source === 'kafka' && { kafka: readKafka(context) }),
  };
  refuseContradictions(settings, context);
  return settings;
}

/** Provisioned pollers exclude a maximum concurrency, which otherwise has a default. */
function readConcurrency(
  context: Context,
  { concurrency: range, pollers: limits }: SourceLimits,
): Pick<Settings, 'concurrency' | 'pollers'> {
  const pollers = limits && readPollers(context, limits);
  if (pollers) return { pollers };
  return range ? { concurrency: readNumber(context, 'concurrency', range) ?? range.default } : {};
}

/**
 * Reads the techniques: names separated by commas.
 *
 * @returns in the order of the list of techniques
 * @throws {SettingsError} if a name is unknown or a duplicate, or there is none
 */
function readTechniques({ techniques: value }: Context): readonly Technique[] {
  if (value === undefined) return techniques;
  const names = typeof value === 'string' ? value.split(',') : [];
  const known = techniques.filter((technique) => names.includes(technique));
  if (known.length > 0 && known.length === names.length) return known;
  throw new SettingsError(
    `techniques must be some of ${techniques.join(',')}, each once, not ${shown(value)}.`,
  );
}
