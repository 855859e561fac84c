import { adaptive } from '@parallel-lambda/batch';

/** Returns the option `workers` of the functions: `adaptive()` if the environment variable `WORKERS` is `adaptive`. */
export function workersSetting(): { readonly workers?: ReturnType<typeof adaptive> } {
  return process.env.WORKERS === 'adaptive' ? { workers: adaptive() } : {};
}
