import { PlanError } from '@parallel-lambda/capacity-plan/plan-error';
import { RemoteError } from '@parallel-lambda/deployed-stack/remote-error';
import { LocalLambdaError } from '@parallel-lambda/local-lambda';
import { MeasurementsError, PriceError } from '@parallel-lambda/report';
import { CommanderError } from 'commander';

/** The exit codes of `lab`. Under Nx every failure is 1. */
export const exitCode = {
  success: 0,
  /** The function failed, or something that is needed is missing. */
  failure: 1,
  /** An option, an argument or an input is wrong. */
  usageError: 2,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

const usageErrors: readonly string[] = ['unknown-function', 'setting', 'event'];

/** Prints an error on stderr: one sentence for a mistake of the user, a stack for a fault of this program. */
export function reportError(error: unknown): ExitCode {
  // commander has printed the message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.success : exitCode.usageError;
  if (error instanceof MeasurementsError || error instanceof PriceError || error instanceof PlanError) {
    console.error(`lab: ${error.message}`);
    return exitCode.usageError;
  }
  if (error instanceof LocalLambdaError || error instanceof RemoteError) {
    console.error(`lab: ${error.message}`);
    return usageErrors.includes(error.code) ? exitCode.usageError : exitCode.failure;
  }
  console.error(error);
  return exitCode.failure;
}
