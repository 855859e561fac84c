import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

import { builtFolder } from './built-folder.ts';
import { TechniqueFunction } from './technique-function.ts';
import { type Technique, techniques } from './techniques.ts';

/** Where the stack finds what it deploys. */
export interface ParallelLambdaStackProps extends StackProps {
  /** The folder of the functions; each is deployed from its `dist`. */
  readonly apps: string;
}

/**
 * Every technique, each with its own queue. The local lab finds a function by its construct's path, so the id
 * of the construct is the name of the technique.
 *
 * @throws {MissingBuildError} when a function has not been built
 */
export class ParallelLambdaStack extends Stack {
  constructor(scope: Construct, id: string, { apps, ...props }: ParallelLambdaStackProps) {
    super(scope, id, props);
    for (const technique of techniques) {
      const deployed = new TechniqueFunction(this, technique, { code: builtFolder(apps, technique) });
      this.#output(technique, 'FunctionName', deployed.function.functionName);
      this.#output(technique, 'QueueUrl', deployed.queue.queueUrl);
      this.#output(technique, 'DeadLetterQueueUrl', deployed.deadLetterQueue.queueUrl);
    }
  }

  /** An output's key is the technique in Pascal case and what the value is: `WorkerThreadsQueueUrl`. */
  #output(technique: Technique, what: string, value: string): void {
    const name = technique.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    new CfnOutput(this, `${name}${what}`, { value });
  }
}
