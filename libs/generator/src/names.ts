/** What a technique's parts are called. */
export interface Names {
  /** The technique, its function and the function's folder: `child-processes`. */
  readonly technique: string;
  /** The library and its folder: `child-process-workers`. */
  readonly library: string;
  /** What the library exports: `childProcessWorkers`. */
  readonly workers: string;
  /** The type of its options, without the word: `ChildProcessWorkers`. */
  readonly type: string;
  /** As prose has it: `child process workers`. */
  readonly prose: string;
}

/** @throws {Error} when one of them is not in small letters with hyphens between the words */
export function namesOf(technique: string, library = `${singular(technique)}-workers`): Names {
  requireKebabCase('The technique', technique);
  requireKebabCase('The library', library);
  const type = library.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return {
    technique,
    library,
    workers: type.charAt(0).toLowerCase() + type.slice(1),
    type,
    prose: library.replaceAll('-', ' '),
  };
}

function requireKebabCase(what: string, name: string): void {
  if (/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(name)) return;
  throw new Error(
    `${what} must be named in small letters with hyphens between words, such as child-processes, not ${JSON.stringify(name)}.`,
  );
}

/** `promises` → `promise`, `child-processes` → `child-process`. */
function singular(name: string): string {
  return name.replace(/(?<=ss|x|ch|sh)es$|(?<!s)s$/, '');
}
