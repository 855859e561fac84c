import { isRecord } from '@parallel-lambda/local-lambda';

const maxLength = 120;

/** Returns the first error that a function logged in an invocation, on one line. */
export function firstError(log: string): string | undefined {
  for (const line of log.split('\n')) {
    const text = line.startsWith('{') ? ofJson(line) : /\tERROR\t(.+)/.exec(line)?.[1];
    if (text !== undefined) return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
  }
  return undefined;
}

function ofJson(line: string): string | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    if (!isRecord(entry) || entry.level !== 'ERROR') return undefined;
    const { message, errorMessage } = entry;
    const text = isRecord(message) ? (message.errorMessage ?? message.message) : (message ?? errorMessage);
    return String(text ?? errorMessage).replaceAll(/\s+/g, ' ');
  } catch {
    return undefined;
  }
}
