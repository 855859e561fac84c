import type { LocalFunction, LocalFunctionOptions } from './local-function.ts';
import { isolation } from './sandbox/isolation.ts';

/** Describes how a function on this machine differs from a deployed one, a sentence each. */
export function functionNotes(
  { definition, limits }: LocalFunction,
  options: LocalFunctionOptions,
): readonly string[] {
  const limited = Object.entries(limits).map(
    ([name, { enforced, how }]) => `${name} ${enforced ? `limited to ${how}` : `not limited: ${how}`}`,
  );
  return [
    ...definition.notes,
    ...isolationNotes(),
    ...(options.strict ? ['strict mode injects a module: INIT and invocations take longer'] : []),
    ...(options.limits === 'enforced' ? limited : []),
  ];
}

/** Says that functions are not isolated, if they are not. */
export function isolationNotes(): readonly string[] {
  const { isolated, how } = isolation();
  return isolated ? [] : [`functions can read and change the files of this machine: ${how}`];
}
