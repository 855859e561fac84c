import { Duration, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import { type FunctionMetrics, functionMetrics } from './operation/function-metrics.ts';
import type { Settings } from './settings/settings.ts';
import { addSource } from './sources/add-source.ts';
import { type DeployedSource, removalPolicyOf } from './sources/source.ts';

/** What one technique is deployed with. */
export interface TechniqueFunctionProps {
  /** The folder that Lambda runs as it is, with `handler.js` in it; nothing is bundled here. */
  readonly code: string;
  /** The same for every technique. */
  readonly settings: Settings;
}

/**
 * One technique as a Lambda function, with a source in front of it and a dead-letter queue behind. Deployed
 * once per technique with the same settings, so that a comparison compares the techniques.
 */
export class TechniqueFunction extends Construct {
  /** What works on the batches. */
  readonly function: LambdaFunction;
  /** Where its messages come from, and where those end that were given up. */
  readonly source: DeployedSource;
  /** What its log tells CloudWatch; nothing where `metrics` is off. */
  readonly metrics: FunctionMetrics | undefined;
  readonly settings: Settings;

  constructor(scope: Construct, id: string, { code, settings }: TechniqueFunctionProps) {
    super(scope, id);
    this.settings = settings;
    const logGroup = new LogGroup(this, 'Logs', {
      // As long as a dead letter.
      retention: RetentionDays.TWO_WEEKS,
      removalPolicy: removalPolicyOf(settings),
    });
    // A role of our own, because the one that CDK makes may write to every log group of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    this.function = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: settings.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: 'handler.handler',
      code: Code.fromAsset(code),
      memorySize: settings.memory,
      timeout: Duration.seconds(settings.timeout),
      environment: environment(settings),
      role,
      logGroup,
      loggingFormat: settings.logFormat === 'json' ? LoggingFormat.JSON : LoggingFormat.TEXT,
      ...(settings.tracing === 'on' && { tracing: Tracing.ACTIVE }),
    });
    if (settings.tracing === 'on') {
      Validations.of(role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray takes segments on no resource but all: its actions know none.',
      });
    }
    const jsonLog = settings.logFormat === 'json' && !settings.managed ? logGroup : undefined;
    this.metrics = settings.metrics === 'on' ? functionMetrics(this, this.function, jsonLog) : undefined;
    this.source = addSource(this, { function: this.function, settings });
  }
}

function environment({ workers, threads, metrics }: Settings): Record<string, string> {
  return {
    ...(metrics === 'off' && { METRICS: metrics }),
    ...(workers !== undefined && { WORKERS: String(workers) }),
    ...(threads !== undefined && { THREADS: String(threads) }),
  };
}
