import { isRecord } from '@parallel-lambda/event-sources/is-record';

import type { InvocationError } from './invocation-result.ts';

/**
 * The error that a runtime reports, which may be any text at all.
 *
 * @param body of the request
 * @param errorType of its header
 */
export function parseError(body: string, errorType = 'Runtime.Unknown'): InvocationError {
  const reported = parseObject(body);
  if (!reported) return { errorType, errorMessage: body };
  const { trace } = reported;
  return {
    errorType: typeof reported.errorType === 'string' ? reported.errorType : errorType,
    errorMessage: typeof reported.errorMessage === 'string' ? reported.errorMessage : body,
    ...(Array.isArray(trace) && { trace: trace.map(String) }),
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
