/** How the lab ends. Under Nx every failure is 1. */
export const exitCode = {
  success: 0,
  /** The function failed, or what is needed is missing. */
  failure: 1,
  /** An option, an argument or an input is wrong. */
  wrongOption: 2,
} as const;
