import type { FailedInvocation, SuccessfulInvocation } from './invocation-result.ts';

/**
 * Says what to do about a module that a function could not load.
 *
 * @returns nothing if the invocation did not fail for that reason
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included
 */
export function missingModuleHint(
  result: Pick<FailedInvocation, 'status' | 'error'> | Pick<SuccessfulInvocation, 'status'>,
): string | undefined {
  if (result.status === 'success') return undefined;
  const [, name] = /Cannot find (?:module|package) '([^']+)'/.exec(result.error.errorMessage) ?? [];
  if (name === undefined || /^[./]/.test(name)) return undefined;
  if (name === 'aws-sdk' || name.startsWith('aws-sdk/')) {
    return 'aws-sdk (version 2) is part of nodejs16.x and older runtimes only, and not installed here. Use @aws-sdk/client-… instead, or install aws-sdk as a dependency of the function.';
  }
  const [, sdk] = /^(@aws-sdk\/(?:client|lib|util)-[^/]+)/.exec(name) ?? [];
  if (sdk !== undefined) {
    return `${sdk} is part of Lambda's runtime, and not installed here. Run npm install --save-dev ${sdk} in your project.`;
  }
  return `${name} is not in the function's folder. Run npm install in the folder of its package.json, or sam build or your build step. If a layer that is named by its ARN has it, add it to the function to run it here.`;
}
