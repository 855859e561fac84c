import { type Context, SettingsError } from './read-values.ts';
import type { Settings } from './settings.ts';

const names = [
  'source',
  'techniques',
  'memory',
  'timeout',
  'architecture',
  'workers',
  'threads',
  'batchSize',
  'window',
  'concurrency',
  'removalPolicy',
  'logFormat',
  'metrics',
  'tracing',
  'managedInstances',
  'subnets',
  'securityGroups',
  'kafkaCluster',
  'kafkaTopic',
  'kafkaPollers',
];

/** Ours are plain words; CDK's own keys have a hyphen, a colon, a slash or an at sign in them. */
const plainWord = /^[A-Za-z]+$/;

/** @throws {SettingsError} for a setting that there is not: misspelled, it would deploy another stack than was meant */
export function refuseUnknown(context: Context): void {
  const unknown = Object.keys(context).find((key) => plainWord.test(key) && !names.includes(key));
  if (unknown === undefined) return;
  throw new SettingsError(`There is no setting ${unknown}; there are: ${names.join(', ')}.`);
}

/** @throws {SettingsError} for settings that are right one by one and not together */
export function refuseContradictions(settings: Settings, context: Context): void {
  const { source, batchSize, window, techniques, threads, workers } = settings;
  if (batchSize > 10 && window < 1) {
    throw new SettingsError(
      `A batch of ${batchSize} messages needs a window of at least 1 second, not 0: without one it is at most 10 messages.`,
    );
  }
  if (threads !== undefined && !techniques.includes('worker-threads')) {
    throw new SettingsError(`threads=${threads} is for worker-threads, which techniques leaves out.`);
  }
  if (threads !== undefined && workers !== undefined && threads > workers) {
    throw new SettingsError(
      `threads=${threads} is more than workers=${workers}, which they divide among them.`,
    );
  }
  if (source === 'kafka' && context.concurrency !== undefined) {
    throw new SettingsError(
      'source=kafka takes no concurrency: Lambda works on as many batches at a time as the topic has partitions.',
    );
  }
  refuseManaged(settings, context);
  const kafka = ['kafkaCluster', 'kafkaTopic', 'kafkaPollers'].find((name) => context[name] !== undefined);
  if (source !== 'kafka' && kafka !== undefined) {
    throw new SettingsError(`${kafka} is for source=kafka, and the source is ${source}.`);
  }
}

function refuseManaged({ managed, logFormat }: Settings, context: Context): void {
  if (managed && logFormat === 'text') {
    throw new SettingsError('managedInstances=true takes no logFormat=text: Lambda logs in JSON there.');
  }
  const network = ['subnets', 'securityGroups'].find((name) => context[name] !== undefined);
  if (!managed && network !== undefined) {
    throw new SettingsError(
      `${network} is for managedInstances=true: other functions of this stack are in no network.`,
    );
  }
}
