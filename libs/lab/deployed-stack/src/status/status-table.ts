import { milliseconds, textTable, wrapText } from '@parallel-lambda/report/terminal';

import { messagesLeft, type FunctionStatus, type StackStatus } from './status.ts';

/**
 * Returns the status of a stack as tables: queues first, then the functions.
 *
 * @param minutes period of the metrics
 * @param width columns of the terminal. @default nothing is wrapped
 */
export function statusTable({ functions }: StackStatus, minutes: number, width?: number): string {
  const head = (names: readonly string[]) => names.map((name) => ({ head: name, align: 'right' }) as const);
  const queues = textTable(
    [{ head: 'messages' }, ...head(['visible', 'in flight', 'delayed', 'dead letters', 'parked'])],
    functions.map(queueCells),
    width,
  );
  const metrics = textTable(
    [
      { head: `last ${minutes} minutes` },
      ...head(['invocations', 'errors', 'throttles', 'mean time', 'max time', 'age']),
    ],
    functions.map(metricCells),
    width,
  );
  return `${queues}\n\n${metrics}\n\n${wrapText('SQS counts messages approximately; metrics are one or two minutes old.', width)}`;
}

/** Returns the number of messages left in each queue, in one line. */
export function countsText({ functions }: StackStatus): string {
  const counts = functions.flatMap((one) => (one.queue ? `${one.function} ${messagesLeft(one)}` : []));
  return `messages left: ${counts.join(', ')}`;
}

/** Returns a sentence for each kind of figures that a status lacks. */
export function statusNotes({ functions, metricsError }: StackStatus): readonly string[] {
  const uncounted = functions.flatMap((one) => (one.queue || !one.hasSource ? [] : one.function));
  return [
    ...(uncounted.length > 0
      ? [
          `${uncounted.join(', ')}: streams and topics have no message count, so their backlog is unknown. ` +
            'For streams, "age" is the age of the last record of a batch.',
        ]
      : []),
    ...(metricsError === undefined ? [] : [`no metrics: ${metricsError}`]),
  ];
}

function queueCells({ function: name, queue, deadLetters, parked }: FunctionStatus): string[] {
  const { visible, inFlight, delayed } = queue ?? {};
  return [name, ...[visible, inFlight, delayed, deadLetters, parked].map(count)];
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
