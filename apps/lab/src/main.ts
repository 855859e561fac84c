#!/usr/bin/env node
import { CommanderError } from 'commander';
import { PlanError } from '@parallel-lambda/capacity-plan/plan-error';
import { LocalLambdaError } from '@parallel-lambda/local-lambda';
import { MeasurementsError, PriceError } from '@parallel-lambda/report';

import { exitCode } from './shared/exit-code.ts';
import { makeProgram } from './program.ts';
import { RemoteError } from '@parallel-lambda/deployed-stack/remote-error';

// Who reads it has seen enough, as `head` has after ten lines.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCode.success);
});

try {
  process.exitCode = exitCode.success;
  await makeProgram().parseAsync();
} catch (error) {
  process.exitCode = tell(error);
}

/** Says what went wrong: a sentence for what the user can put right, a stack for a fault of this program. */
function tell(error: unknown): number {
  // commander has said it by itself.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.success : exitCode.wrongOption;
  if (error instanceof MeasurementsError || error instanceof PriceError || error instanceof PlanError) {
    console.error(`lab: ${error.message}`);
    return exitCode.wrongOption;
  }
  if (error instanceof LocalLambdaError || error instanceof RemoteError) {
    console.error(`lab: ${error.message}`);
    const byOption: readonly string[] = ['unknown-function', 'setting', 'event'];
    return byOption.includes(error.code) ? exitCode.wrongOption : exitCode.failure;
  }
  console.error(error);
  return exitCode.failure;
}
