import { makeProgram } from './program.ts';
import { exitCode } from './shared/exit-code.ts';

// The reader of a pipe may close it early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCode.success);
});

try {
  await makeProgram().parseAsync();
} catch (error) {
  // What prints it is not needed for the help.
  const { reportError } = await import('./shared/report-error.ts');
  process.exitCode = reportError(error);
}
