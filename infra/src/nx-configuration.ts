/**
 * The configuration that Nx was given. CDK's own short form of `--context` is Nx's of `--configuration`, which it
 * takes in silence: the setting never arrives, and the wrong stack is deployed.
 *
 * @param commandLine of Nx, its words
 * @returns nothing when it was given none
 */
export function nxConfiguration(commandLine: readonly string[]): string | undefined {
  const words = commandLine.join('\n').replace(/\n--\n.*/s, '');
  const option = /^(?:-c|--configuration)(?:=|\n)(.+)$/m.exec(words);
  const target = /^infra:[\w-]+:(.+)$/m.exec(words);
  return (option ?? target)?.[1];
}
