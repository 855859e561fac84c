import { exit } from './exit.ts';
import { fail } from './fail.ts';
import { fetch } from './fetch.ts';
import { giveUp } from './give-up.ts';
import { hang } from './hang.ts';
import { hash } from './hash.ts';
import { retryLater } from './retry-later.ts';
import { scrypt } from './scrypt.ts';
import { spin } from './spin.ts';
import type { StepKind } from './step-kind.ts';
import { wait } from './wait.ts';

/** Every kind of step. A new one is a file beside these, a name in this list and a row in the README. */
export const stepKinds: readonly StepKind<unknown>[] = [
  wait,
  fetch,
  hash,
  scrypt,
  fail,
  retryLater,
  giveUp,
  hang,
  spin,
  exit,
];
