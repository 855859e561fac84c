import { Token } from 'aws-cdk-lib';
import { CfnEventSourceMapping, type ProvisionedPollerConfig } from 'aws-cdk-lib/aws-lambda';
import type { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';

import { referenced } from './referenced.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html */
const maxPollers = 10_000;

/** CDK refuses more. */
const maxOfCdk = 2000;

/**
 * Returns the event pollers of a queue as CDK accepts them.
 *
 * @throws {Error} if there are more than Lambda allows
 */
export function pollersForCdk(pollers: ProvisionedPollerConfig): ProvisionedPollerConfig {
  const { maximumPollers: maximum } = pollers;
  if (!isAboveCdk(maximum)) return pollers;
  if (maximum <= maxPollers) return { ...pollers, maximumPollers: maxOfCdk };
  throw new Error(
    `maximumPollers is ${maximum}, but a queue can have at most ${maxPollers}. Set a smaller maximumPollers.`,
  );
}

/** Sets the maximum of the event pollers in the template, where CDK does not accept it. */
export function allowPollers(source: SqsEventSource, { maximumPollers }: ProvisionedPollerConfig): void {
  const mapping = referenced(source.eventSourceMappingId);
  if (!isAboveCdk(maximumPollers) || !(mapping instanceof CfnEventSourceMapping)) return;
  mapping.addPropertyOverride('ProvisionedPollerConfig.MaximumPollers', maximumPollers);
}

function isAboveCdk(maximum: number | undefined): maximum is number {
  return maximum !== undefined && !Token.isUnresolved(maximum) && maximum > maxOfCdk;
}
