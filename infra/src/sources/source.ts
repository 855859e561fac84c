import type { BatchSource } from '@parallel-lambda/cdk';
import { RemovalPolicy } from 'aws-cdk-lib';

import type { Settings } from '../settings/settings.ts';

/** The resources of a source, before a function reads it. */
export interface SourceResources {
  readonly source: BatchSource;
  /** Outputs of the stack for senders, by the last part of the output's key. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Returns what happens to messages and logs when the stack is destroyed. */
export function removalPolicyOf({ removalPolicy }: Settings): RemovalPolicy {
  return removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
