import type { Context } from './context.ts';
import { readChoice } from './read-choice.ts';
import type { Range } from './range.ts';
import { readKafka } from './read-kafka.ts';
import { readManaged } from './read-managed.ts';
import { readNumber } from './read-number.ts';
import { readTechniques } from './read-techniques.ts';
import { refuseContradictions } from './refuse-contradictions.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import type { Settings } from './settings.ts';
import { sourceLimits } from './source-limits.ts';
import { sourceNames } from './source-name.ts';

const ownMemory: Range = { least: 128, most: 10_240, usual: 3008 };
const managedMemory: Range = { least: 2048, most: 32_768, usual: 4096 };

/**
 * Reads what is to be deployed, every setting in its range and none against another.
 *
 * @param context what `cdk.json` and `--context name=value` say
 * @throws {SettingsError} with a sentence for whoever wrote the command
 */
export function readSettings(context: Context): Settings {
  refuseUnknown(context);
  const source = readChoice(context, 'source', sourceNames);
  const limits = sourceLimits[source];
  const workers = readNumber(context, 'workers', { least: 1, most: 10_000 });
  const threads = readNumber(context, 'threads', { least: 1, most: 64 });
  const concurrency =
    limits.concurrency &&
    (readNumber(context, 'concurrency', limits.concurrency) ?? limits.concurrency.usual);
  const managed = readManaged(context);
  const memory = managed ? managedMemory : ownMemory;
  const settings: Settings = {
    source,
    techniques: readTechniques(context),
    memory: readNumber(context, 'memory', memory) ?? memory.usual,
    timeout: readNumber(context, 'timeout', { least: 1, most: 900 }) ?? 30,
    architecture: readChoice(context, 'architecture', ['arm64', 'x86_64']),
    ...(workers !== undefined && { workers }),
    ...(threads !== undefined && { threads }),
    batchSize: readNumber(context, 'batchSize', limits.batchSize) ?? limits.batchSize.usual,
    window: readNumber(context, 'window', limits.window) ?? limits.window.usual,
    ...(concurrency !== undefined && { concurrency }),
    removalPolicy: readChoice(context, 'removalPolicy', ['destroy', 'retain']),
    logFormat: readChoice(context, 'logFormat', ['json', 'text']),
    metrics: readChoice(context, 'metrics', ['on', 'off']),
    tracing: readChoice(context, 'tracing', ['off', 'on']),
    ...(managed && { managed }),
    ...(source === 'kafka' && { kafka: readKafka(context) }),
  };
  refuseContradictions(settings, context);
  return settings;
}
