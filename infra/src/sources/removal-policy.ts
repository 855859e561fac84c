import { RemovalPolicy } from 'aws-cdk-lib';

import type { Settings } from '../settings/settings.ts';

/** What becomes of what holds messages or logs when the stack is destroyed. */
export function removalPolicyOf({ removalPolicy }: Settings): RemovalPolicy {
  return removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
