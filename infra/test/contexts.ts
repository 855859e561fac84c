import type { Context } from '../src/settings/read-values.ts';
import { type SourceName, sourceNames } from '../src/settings/settings.ts';

/** A cluster and a topic, which Kafka needs. */
export const kafka = {
  kafkaCluster:
    'arn:aws:kafka:eu-central-1:111122223333:cluster/orders/0123abcd-4567-89ef-0123-456789abcdef-2',
  kafkaTopic: 'orders',
};

/** Returns the settings that a source needs. */
export function contextOf(source: SourceName): Context {
  return { source, ...(source === 'kafka' && kafka) };
}

/** Every source with the settings that it needs. */
export const everySource = sourceNames.map((source) => [source, contextOf(source)] as const);

/** Managed Instances in an existing network. */
export const managed = {
  managedInstances: 'true',
  subnets: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
  securityGroups: 'sg-0123456789abcdef0',
};
