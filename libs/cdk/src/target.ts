import { Duration, Token } from 'aws-cdk-lib';
import { CfnFunction, type IFunction } from 'aws-cdk-lib/aws-lambda';

/** Seconds after which Lambda stops a function that sets no timeout. */
const defaultTimeoutSeconds = 3;

/** Returns the function of an alias or a version, or the function itself. */
export function unqualified(target: IFunction & { readonly lambda?: IFunction }): IFunction {
  return target.lambda ?? target;
}

/** Returns the timeout of a function; `undefined` if CDK does not have it, as of an imported function. */
export function timeoutOf(target: IFunction): Duration | undefined {
  const resource = unqualified(target).node.defaultChild;
  if (!(resource instanceof CfnFunction)) return undefined;
  const { timeout = defaultTimeoutSeconds } = resource;
  return Token.isUnresolved(timeout) ? undefined : Duration.seconds(timeout);
}
