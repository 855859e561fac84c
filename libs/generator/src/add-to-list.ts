/**
 * Adds a technique to the list of those that are deployed, `infra/src/techniques.ts`.
 *
 * @param source the file
 * @throws {Error} when it is in the list already, or there is no list
 */
export function addToList(source: string, technique: string): string {
  const [list, names = ''] =
    /(?<=export const techniques = \[)([^\]]*?)(?=,?\s*\] as const)/.exec(source) ?? [];
  if (list === undefined)
    throw new Error('infra/src/techniques.ts has no `export const techniques = [ … ] as const`.');
  if (names.includes(`'${technique}'`)) throw new Error(`There is a technique ${technique} already.`);
  return source.replace(list, `${list}, '${technique}'`);
}
