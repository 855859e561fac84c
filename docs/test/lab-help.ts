import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { root } from './documents.ts';

/** Returns the help of the lab's commands by name, from one process: each would take a second to start. */
export function labHelp(): ReadonlyMap<string, string> {
  const program = pathToFileURL(path.join(root, 'apps/lab/src/program.ts')).href;
  const script = `const program = (await import('${program}')).makeProgram();
    const help = [program, ...program.commands].map((one) => {
      let text = '';
      one.configureOutput({ writeOut: (more) => (text += more) }).outputHelp();
      return [one.name(), text];
    });
    console.log(JSON.stringify(help));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  return new Map(JSON.parse(printed) as [string, string][]);
}
