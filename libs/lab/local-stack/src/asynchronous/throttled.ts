import { LabError } from '@parallel-lambda/local-lambda';

/** Returns whether a function did not take an event because all its environments were busy. */
export function isThrottled(error: unknown): error is LabError {
  return error instanceof LabError && error.code === 'throttled';
}
