import { Reference, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Returns the resource that an ARN or another attribute comes from; `undefined` if it is plain text. */
export function referenced(attribute: string): IConstruct | undefined {
  return Tokenization.reverseString(attribute).tokens.find((token) => Reference.isReference(token))?.target;
}
