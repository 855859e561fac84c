import { LabError, type LabErrorCode } from '@parallel-lambda/local-lambda';
import { CommanderError } from 'commander';

import { exitCode, type ExitCode } from './exit-code.ts';
import { warn } from './terminal.ts';

const usageErrors: readonly LabErrorCode[] = ['usage', 'event-too-large'];

/** Prints an error on stderr: one sentence for a mistake of the user, a stack for a fault of this program. */
export function reportError(error: unknown): ExitCode {
  // commander has printed the message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.success : exitCode.usageError;
  if (error instanceof LabError) {
    warn(error.message);
    return usageErrors.includes(error.code) ? exitCode.usageError : exitCode.failure;
  }
  console.error(error);
  return exitCode.failure;
}
