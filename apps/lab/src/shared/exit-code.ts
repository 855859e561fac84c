/** The exit codes of `lab`. Under Nx every failure is 1. */
export const exitCode = {
  success: 0,
  /** The function failed, or something that is needed is missing. */
  failure: 1,
  /** An option, an argument or an input is wrong. */
  usageError: 2,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
