import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

/** Result of a command of the lab. */
export interface LabRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

// Node warns on stderr where both are set, as they are under Nx in a shell without colours.
const quiet = { FORCE_COLOR: undefined, NO_COLOR: undefined };

const main = path.resolve(import.meta.dirname, '../src/main.ts');

/**
 * Runs the lab as a shell does.
 *
 * @param argv its arguments
 * @param input what it reads on stdin
 * @param variables of its environment, beside those of this process
 */
export async function runLab(
  argv: readonly string[],
  input = '',
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<LabRun> {
  const child = spawn(process.execPath, [main, ...argv], { env: { ...process.env, ...quiet, ...variables } });
  // A command that reads no stdin may have ended by the time it is written.
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}
