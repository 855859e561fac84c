import { milliseconds } from '@parallel-lambda/report';
import Table from 'cli-table3';

import type { TechniqueStatus } from '@parallel-lambda/deployed-stack';

/**
 * How the techniques stand, as a table for a terminal.
 *
 * @param minutes the window of the functions' metrics
 */
export function statusTable(statuses: readonly TechniqueStatus[], minutes: number): string {
  const table = new Table({
    head: [
      '',
      'visible',
      'in flight',
      'delayed',
      'dead',
      'behind',
      'invoked',
      'errors',
      'throttled',
      'mean',
      'longest',
    ],
    colAligns: ['left', ...Array.from({ length: 10 }, () => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  table.push(...statuses.map(cells));
  return `${table.toString()}\nMessages, about, and what the functions did in the last ${minutes} minutes`;
}

function cells({ function: name, queue, deadLetters, metrics }: TechniqueStatus): string[] {
  return [
    name,
    count(queue?.visible),
    count(queue?.inFlight),
    count(queue?.delayed),
    count(deadLetters),
    duration(metrics?.iteratorAgeMs),
    count(metrics?.invocations),
    count(metrics?.errors),
    count(metrics?.throttles),
    duration(metrics?.meanDurationMs),
    duration(metrics?.mostDurationMs),
  ];
}

/** What is not known is a dash. */
function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : String(value);
}

function duration(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : milliseconds(value);
}
