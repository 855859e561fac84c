import { sourceLimits } from './limits.ts';
import { kafkaNames } from './read-kafka.ts';
import { managedNames } from './read-managed.ts';
import { type Context, SettingsError } from './read-values.ts';
import type { Settings } from './settings.ts';

const names = [
  'stackName',
  'tags',
  'source',
  'techniques',
  'runtime',
  'memory',
  'timeout',
  'architecture',
  'workers',
  'threads',
  'batchSize',
  'window',
  'concurrency',
  'pollers',
  'removalPolicy',
  'logFormat',
  'metrics',
  'tracing',
  'parking',
  'alarmTopic',
  'managedInstances',
  ...managedNames,
  ...kafkaNames,
];

/** The settings are plain words; CDK's own keys have a hyphen, a colon, a slash or an at sign. */
const plainWord = /^[A-Za-z]+$/;

/** @throws {SettingsError} if a setting is unknown: misspelled, it would deploy another stack than intended */
export function refuseUnknown(context: Context): void {
  const unknown = Object.keys(context).find((key) => plainWord.test(key) && !names.includes(key));
  if (unknown === undefined) return;
  const similar = names.find((name) => isSimilar(unknown, name));
  const hint = similar === undefined ? `The settings are ${names.join(', ')}.` : `Did you mean ${similar}?`;
  throw new SettingsError(`Unknown setting ${unknown}. ${hint}`);
}

/** Returns whether two words differ in few letters, or in the case and order of their letters. */
function isSimilar(unknown: string, known: string): boolean {
  let rest = known.toLowerCase();
  const letters = unknown.toLowerCase();
  for (const letter of letters) rest = rest.replace(letter, '');
  const onlyInUnknown = letters.length - known.length + rest.length;
  return onlyInUnknown + rest.length <= Math.max(1, Math.floor(known.length / 3));
}

/** @throws {SettingsError} if settings contradict each other */
export function refuseContradictions(settings: Settings, context: Context): void {
  const { batchSize, window, techniques, threads, workers } = settings;
  if (batchSize > 10 && window < 1) {
    throw new SettingsError(
      `A batch of ${batchSize} messages needs a window of at least 1 second, not 0. Set window=1, or batchSize=10 or less.`,
    );
  }
  if (threads !== undefined && !techniques.includes('worker-threads')) {
    throw new SettingsError(
      `threads=${threads} is for worker-threads, which is not in techniques. Remove threads.`,
    );
  }
  if (threads !== undefined && typeof workers === 'number' && threads > workers) {
    throw new SettingsError(
      `threads=${threads} is more than workers=${workers}, which the threads share. Set at least as many workers.`,
    );
  }
  refuseForSource(settings, context);
  refuseManaged(settings, context);
}

function refuseForSource({ source }: Settings, context: Context): void {
  if (source === 'kafka' && context.concurrency !== undefined) {
    throw new SettingsError(
      'source=kafka does not support concurrency: Lambda processes as many batches as the topic has partitions. Remove concurrency.',
    );
  }
  if (context.pollers !== undefined && context.concurrency !== undefined) {
    throw new SettingsError(
      'pollers excludes concurrency: each poller has up to 10 batches in flight. Remove one of them.',
    );
  }
  if (context.pollers !== undefined && !sourceLimits[source].pollers) {
    throw new SettingsError(
      `pollers is for sqs, fifo and kafka, but the source is ${source}. Remove pollers.`,
    );
  }
  const kafka = kafkaNames.find((name) => context[name] !== undefined);
  if (source !== 'kafka' && kafka !== undefined) {
    throw new SettingsError(`${kafka} is for source=kafka, but the source is ${source}. Remove ${kafka}.`);
  }
}

function refuseManaged({ managed, logFormat }: Settings, context: Context): void {
  if (managed && logFormat === 'text') {
    throw new SettingsError(
      'managedInstances=true does not support logFormat=text: Lambda logs in JSON there.',
    );
  }
  const only = managedNames.find((name) => context[name] !== undefined);
  if (!managed && only !== undefined) {
    throw new SettingsError(`${only} is for managedInstances=true. Set that too, or remove ${only}.`);
  }
}
