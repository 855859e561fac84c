import { BatchFunction } from '@parallel-lambda/cdk';
import { Duration, Validations } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  RuntimeFamily,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import { type FunctionMetrics, functionMetrics } from './operation/function-metrics.ts';
import type { Settings } from './settings/settings.ts';
import { createSource } from './sources/create-source.ts';
import { parkingQueue } from './sources/parking-queue.ts';
import { removalPolicyOf } from './sources/source.ts';

/** Props of {@link TechniqueFunction}. */
export interface TechniqueFunctionProps {
  /** Folder that Lambda runs unchanged, with `handler.js`. */
  readonly code: string;
  /** The same for every technique. */
  readonly settings: Settings;
  /** @default alarms send no notification */
  readonly alarmAction?: IAlarmAction | undefined;
}

/**
 * A technique as a Lambda function with a source. It is deployed once per technique with the same settings, so that a
 * comparison compares the techniques.
 */
export class TechniqueFunction extends Construct {
  readonly function: LambdaFunction;
  /** The function with its source and alarms. */
  readonly batch: BatchFunction;
  /** Outputs of the stack for senders, by the last part of the output's key. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Metrics from the function's log. Absent if `metrics` is off. */
  readonly metrics: FunctionMetrics | undefined;
  readonly settings: Settings;
  /** Receives messages of `GiveUp`. Absent if `parking` is off. */
  readonly parking: Queue | undefined;

  constructor(scope: Construct, id: string, { code, settings, alarmAction }: TechniqueFunctionProps) {
    super(scope, id);
    this.settings = settings;
    const logGroup = new LogGroup(this, 'Logs', {
      // As long as a dead letter.
      retention: RetentionDays.TWO_WEEKS,
      removalPolicy: removalPolicyOf(settings),
    });
    // The role that CDK creates by default may write to every log group of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    this.function = new LambdaFunction(this, 'Function', {
      runtime: new Runtime(settings.runtime, RuntimeFamily.NODEJS),
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
    acknowledgeWildcards(role, settings);
    const jsonLog = settings.logFormat === 'json' && !settings.managed ? logGroup : undefined;
    this.metrics = settings.metrics === 'on' ? functionMetrics(this, this.function, jsonLog) : undefined;
    this.parking = settings.parking === 'on' ? parkingQueue(this, settings) : undefined;
    const { source, outputs } = createSource(this, settings);
    this.outputs = outputs;
    this.batch = new BatchFunction(this, 'Batch', {
      function: this.function,
      source,
      parkingQueue: this.parking,
      alarmAction,
      runbook: 'docs/operating.md',
    });
  }
}

function acknowledgeWildcards(role: Role, { tracing, source }: Settings): void {
  const reasons = [
    ...(tracing === 'on' ? ['X-Ray actions do not support resource-level permissions.'] : []),
    ...(source === 'kafka'
      ? [
          "Lambda's pollers join the cluster's network with interfaces that do not exist before, and most EC2 actions do not support resource-level permissions. The function's code is denied these actions.",
        ]
      : []),
  ];
  if (reasons.length === 0) return;
  Validations.of(role).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason: reasons.join(' ') });
}

function environment({ workers, threads, metrics, managed }: Settings): Record<string, string> {
  const runtimeWorkers = managed?.runtimeWorkers;
  return {
    ...(metrics === 'off' && { METRICS: metrics }),
    ...(workers !== undefined && { WORKERS: String(workers) }),
    ...(threads !== undefined && { THREADS: String(threads) }),
    ...(runtimeWorkers !== undefined && { AWS_LAMBDA_NODEJS_WORKER_COUNT: String(runtimeWorkers) }),
  };
}
