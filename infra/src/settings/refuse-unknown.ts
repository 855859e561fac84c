import type { Context } from './context.ts';
import { SettingsError } from './settings-error.ts';

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
