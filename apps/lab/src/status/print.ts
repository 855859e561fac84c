import type { FunctionStatus, StackStatus } from '@parallel-lambda/deployed-stack';
import { milliseconds, textTable, wrapText } from '@parallel-lambda/report';

/**
 * Returns the status of a stack as a table of at most 80 columns: queues first, then the functions.
 *
 * @param minutes period of the metrics
 * @param width columns of the terminal. @default sentences are not wrapped
 */
export function statusTable({ functions }: StackStatus, minutes: number, width?: number): string {
  const head = (names: readonly string[]) => names.map((name) => ({ head: name, align: 'right' }) as const);
  const queues = textTable(
    [{ head: 'messages' }, ...head(['visible', 'in flight', 'delayed', 'dead letters'])],
    functions.map(queueCells),
  );
  const metrics = textTable(
    [
      { head: `last ${minutes} minutes` },
      ...head(['invocations', 'errors', 'throttles', 'mean time', 'max time', 'age']),
    ],
    functions.map(metricCells),
  );
  return `${queues}\n\n${metrics}\n\n${wrapText('SQS counts messages approximately; metrics are one or two minutes old.', width)}`;
}

function queueCells({ function: name, queue, deadLetters }: FunctionStatus): string[] {
  return [name, count(queue?.visible), count(queue?.inFlight), count(queue?.delayed), count(deadLetters)];
}

function metricCells({ function: name, metrics }: FunctionStatus): string[] {
  return [
    name,
    count(metrics?.invocations),
    count(metrics?.errors),
    count(metrics?.throttles),
    duration(metrics?.meanDurationMs),
    duration(metrics?.maxDurationMs),
    duration(metrics?.iteratorAgeMs),
  ];
}

/** An unknown value is a dash. */
function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : String(value);
}

function duration(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : milliseconds(value);
}
