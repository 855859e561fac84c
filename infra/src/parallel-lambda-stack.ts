import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

import { builtFolder } from './built-folder.ts';
import { ManagedInstances } from './managed-instances.ts';
import { addAlarms } from './operation/alarms.ts';
import { ComparisonDashboard } from './operation/comparison-dashboard.ts';
import type { Settings } from './settings/settings.ts';
import { TechniqueFunction } from './technique-function.ts';
import type { Technique } from './techniques.ts';

/** Where the stack finds what it deploys, and how it deploys it. */
export interface ParallelLambdaStackProps extends StackProps {
  /** The folder of the functions; each is deployed from its `dist`. */
  readonly apps: string;
  readonly settings: Settings;
}

/**
 * Every technique, each with its own source, under alarms, and a dashboard of all. The local lab finds a
 * function by its construct's path, so the id of the construct is the name of the technique.
 *
 * @throws {MissingBuildError} when a function has not been built
 */
export class ParallelLambdaStack extends Stack {
  constructor(scope: Construct, id: string, { apps, settings, ...props }: ParallelLambdaStackProps) {
    super(scope, id, props);
    const { architecture, managed: network } = settings;
    const instances = network && new ManagedInstances(this, 'Instances', { architecture, network });
    const deployed = settings.techniques.map((technique) => this.#deploy(technique, apps, settings));
    for (const technique of deployed) instances?.run(technique.function);
    new ComparisonDashboard(this, 'Comparison', deployed);
  }

  #deploy(technique: Technique, apps: string, settings: Settings): TechniqueFunction {
    const deployed = new TechniqueFunction(this, technique, { code: builtFolder(apps, technique), settings });
    addAlarms(deployed, deployed);
    const { source } = deployed;
    this.#output(technique, 'FunctionName', deployed.function.functionName);
    for (const [what, value] of Object.entries(source.outputs)) this.#output(technique, what, value);
    this.#output(technique, 'DeadLetterQueueUrl', source.deadLetterQueue.queueUrl);
    return deployed;
  }

  /** An output's key is the technique in Pascal case and what the value is: `WorkerThreadsQueueUrl`. */
  #output(technique: Technique, what: string, value: string): void {
    const name = technique.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    new CfnOutput(this, `${name}${what}`, { value });
  }
}
