import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

import { builtFolder } from './built-folder.ts';
import { ManagedInstances } from './managed-instances.ts';
import { ComparisonDashboard } from './operation/comparison-dashboard.ts';
import type { Settings } from './settings/settings.ts';
import { TechniqueFunction } from './technique-function.ts';
import type { Technique } from './techniques.ts';

/** Props of {@link ParallelLambdaStack}. */
export interface ParallelLambdaStackProps extends StackProps {
  /** Folder of the functions. Each is deployed from its `dist`. */
  readonly apps: string;
  readonly settings: Settings;
}

/**
 * The techniques, each with its own source and alarms, and a dashboard that compares them. The lab finds a function by
 * the path of its construct, so the id of the construct is the name of the technique.
 *
 * @throws {MissingBuildError} if a function is not built
 */
export class ParallelLambdaStack extends Stack {
  constructor(scope: Construct, id: string, { apps, settings, ...props }: ParallelLambdaStackProps) {
    super(scope, id, {
      stackName: settings.stackName,
      description: `Parallel Lambda: ${settings.techniques.join(', ')} on ${settings.source}`,
      tags: settings.tags,
      ...props,
    });
    const { alarmTopic } = settings;
    const alarmAction =
      alarmTopic === undefined
        ? undefined
        : new SnsAction(Topic.fromTopicArn(this, 'AlarmTopic', alarmTopic));
    const deployed = settings.techniques.map((technique) =>
      this.#deploy(technique, apps, { settings, alarmAction }),
    );
    const { architecture, managed } = settings;
    const instances = managed && new ManagedInstances(this, 'Instances', { architecture, settings: managed });
    for (const technique of deployed) instances?.run(technique.function);
    new ComparisonDashboard(this, 'Comparison', deployed);
  }

  #deploy(
    technique: Technique,
    apps: string,
    props: { readonly settings: Settings; readonly alarmAction: IAlarmAction | undefined },
  ): TechniqueFunction {
    const deployed = new TechniqueFunction(this, technique, { code: builtFolder(apps, technique), ...props });
    const { batch, outputs, parking } = deployed;
    this.#output(technique, 'FunctionName', deployed.function.functionName);
    for (const [name, value] of Object.entries(outputs)) this.#output(technique, name, value);
    this.#output(technique, 'DeadLetterQueueUrl', batch.source.deadLetterQueue.queueUrl);
    if (parking) this.#output(technique, 'ParkingQueueUrl', parking.queueUrl);
    return deployed;
  }

  /** The key of an output is the technique in Pascal case, and the name of the value: `WorkerThreadsQueueUrl`. */
  #output(technique: Technique, output: string, value: string): void {
    const name = technique.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    new CfnOutput(this, `${name}${output}`, { value });
  }
}
