import type { ServedInvocation, StackServer } from '@parallel-lambda/local-stack/server';
import type { ServiceMap } from '@parallel-lambda/local-stack/server';
import { jsonLines } from './json-lines.ts';
import { LiveTable } from './live-table.ts';
import { plainLines } from './plain-lines.ts';

/** Where it is shown what is served, and what happens. */
export interface Display extends Disposable {
  /** All is up. */
  up(what: ServiceMap, server: StackServer): void;
  invocation(invocation: ServedInvocation): void;
  /** What a person should know. */
  note(sentence: string): void;
}

/** On a terminal a table that changes, elsewhere a line an invocation; for scripts lines of JSON. */
export function makeDisplay(json: boolean): Display {
  if (json) return jsonLines;
  return process.stdout.isTTY ? new LiveTable() : plainLines;
}
