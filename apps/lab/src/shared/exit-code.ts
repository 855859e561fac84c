import { LabError, type LabErrorCode } from '@parallel-lambda/local-lambda';
import { CommanderError } from 'commander';

import { programName } from '../package.ts';

/** The exit codes of `lab`. Under Nx every failure is 1. */
export const exitCode = {
  success: 0,
  /** The function failed, or something that is needed is missing. */
  failure: 1,
  /** An option, an argument or an input is wrong. */
  usageError: 2,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

const usageErrors: readonly LabErrorCode[] = ['usage', 'event-too-large'];

/** Prints an error on stderr: one sentence for a mistake of the user, a stack for a fault of this program. */
export function reportError(error: unknown): ExitCode {
  // commander has printed the message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.success : exitCode.usageError;
  if (error instanceof LabError) {
    console.error(`${programName}: ${error.message}`);
    return usageErrors.includes(error.code) ? exitCode.usageError : exitCode.failure;
  }
  console.error(error);
  return exitCode.failure;
}
