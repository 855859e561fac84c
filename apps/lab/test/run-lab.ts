import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

/** What a command of the lab left behind. */
export interface LabRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

// Node warns on stderr where both are set, as they are under Nx in a shell without colours.
const env = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined };

const main = path.resolve(import.meta.dirname, '../src/main.ts');

/**
 * Runs the lab as a shell does.
 *
 * @param argv its arguments
 * @param input what it reads on stdin
 */
export async function runLab(argv: readonly string[], input = ''): Promise<LabRun> {
  const child = spawn(process.execPath, [main, ...argv], { env });
  // A command that reads no stdin may have ended by the time it is written.
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}
