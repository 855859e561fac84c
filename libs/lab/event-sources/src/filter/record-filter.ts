import { isRecord } from '../is-record.ts';
import { compilePattern, PatternError } from './event-pattern.ts';

/** Sources whose records are filtered. */
export type FilteredSource = 'sqs' | 'kinesis' | 'dynamodb' | 'kafka';

/** Returns whether the function receives a record, given as in the event. */
export type RecordFilter = (record: object) => boolean;

/**
 * Makes the filter of an event source mapping: a record passes if it matches one of the patterns.
 *
 * @param patterns as JSON. An empty list lets everything pass
 * @throws {PatternError} if one is not valid
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export function recordFilter(source: FilteredSource, patterns: readonly string[]): RecordFilter {
  const tests = patterns.map((pattern) => compilePattern(parsed(pattern)));
  if (tests.length === 0) return () => true;
  return (record) => {
    const view = viewOf(source, record);
    return tests.some((matches) => matches(view));
  };
}

function parsed(pattern: string): unknown {
  try {
    return JSON.parse(pattern);
  } catch (cause) {
    throw new PatternError(`a pattern must be JSON (${(cause as Error).message})`);
  }
}

/** A record as patterns see it: what its producer wrote is decoded. */
function viewOf(source: FilteredSource, record: object): object {
  const fields: Readonly<Record<string, unknown>> = { ...record };
  switch (source) {
    case 'sqs':
      return { ...fields, body: contentOf(String(fields.body)) };
    case 'kinesis': {
      const data = isRecord(fields.kinesis) ? fields.kinesis : {};
      return { ...fields, ...data, data: contentOf(decoded(data.data)) };
    }
    case 'kafka':
      return { ...fields, value: contentOf(decoded(fields.value)) };
    case 'dynamodb':
      return fields;
  }
}

function decoded(base64: unknown): string {
  return Buffer.from(typeof base64 === 'string' ? base64 : '', 'base64').toString();
}

/**
 * JSON as data, and anything else as text: patterns for text do not match data, nor the reverse.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
function contentOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    return text;
  }
}
