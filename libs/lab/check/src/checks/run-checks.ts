import type { FunctionDefinition, Runtime } from '@parallel-lambda/local-lambda';

import type { Check, Finding } from './check.ts';
import { checks } from './checks.ts';
import type { Section } from './sections.ts';

/** The finding of a check, with its check. */
export type CheckResult = Finding & Omit<Check, 'run'>;

/** Options for {@link runChecks}. */
export interface CheckOptions {
  readonly runtime: Runtime;
  /** Messages in the largest batch, and in the queue of the chaos check. */
  readonly messages: number;
  /** Seed of the injected faults. */
  readonly seed: number;
  /** Sections to run. @default all */
  readonly only?: readonly Section[];
  /**
   * Receives the number and name of the running check.
   *
   * @param detail how far the check is
   */
  readonly onProgress: (title: string, detail?: string) => void;
  /** Called with faults of the served stack, which continues after them. */
  readonly onError: (error: unknown) => void;
}

/** Runs the checks on a built function, one after another. */
export async function runChecks(
  definition: FunctionDefinition,
  { runtime, messages, seed, only, onProgress, onError }: CheckOptions,
): Promise<readonly CheckResult[]> {
  const chosen = checks.filter(({ section }) => only === undefined || only.includes(section));
  const results: CheckResult[] = [];
  for (const { run, ...check } of chosen) {
    const title = `${results.length + 1} of ${chosen.length}: ${check.name}`;
    onProgress(title);
    const onDetail = (detail: string): void => {
      onProgress(title, detail);
    };
    const subject = { definition, runtime, messages, seed, onProgress: onDetail, onError };
    results.push({ ...check, ...(await run(subject)) });
  }
  return results;
}
