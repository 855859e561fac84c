import { vi } from 'vitest';

import { makeProgram } from '../src/program.ts';

/** The output and the exit code of a command. */
export interface LabHere {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the lab in this process, which is fast. Rejects if the command throws. */
export async function labHere(...argv: string[]): Promise<LabHere> {
  const stdout = vi.spyOn(console, 'log').mockReturnValue();
  const stderr = vi.spyOn(console, 'error').mockReturnValue();
  const written = (spy: typeof stdout): string =>
    spy.mock.calls.map(([line]) => `${String(line)}\n`).join('');
  try {
    await makeProgram().parseAsync(argv, { from: 'user' });
    return { code: Number(process.exitCode ?? 0), stdout: written(stdout), stderr: written(stderr) };
  } finally {
    process.exitCode = undefined;
    stdout.mockRestore();
    stderr.mockRestore();
  }
}
