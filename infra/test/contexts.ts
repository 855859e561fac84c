import type { Context } from '../src/settings/read-values.ts';
import { type SourceName, sourceNames } from '../src/settings/settings.ts';

/** A cluster and a topic, without which there is no Kafka. */
export const kafka = {
  kafkaCluster:
    'arn:aws:kafka:eu-central-1:111122223333:cluster/orders/0123abcd-4567-89ef-0123-456789abcdef-2',
  kafkaTopic: 'orders',
};

/** The least that has to be said for a source. */
export function contextOf(source: SourceName): Context {
  return { source, ...(source === 'kafka' && kafka) };
}

/** Every source, and the least that has to be said for it. */
export const everySource = sourceNames.map((source) => [source, contextOf(source)] as const);

/** Managed instances, in a network that is there. */
export const managed = {
  managedInstances: 'true',
  subnets: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
  securityGroups: 'sg-0123456789abcdef0',
};
