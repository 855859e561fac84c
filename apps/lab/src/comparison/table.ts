import { styleText } from 'node:util';

import Table from 'cli-table3';

import type { Group, Row } from './analyse.ts';
import { sampleBatch, workloads } from './workloads.ts';

/** The comparison as a table for a terminal. */
export function table(groups: readonly Group[]): string {
  const lines = new Table({
    head: ['', 'duration', 'from - to', 'messages/s', 'speed-up', '$ a million'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { workload, rows } of groups) {
    lines.push([{ colSpan: 6, content: styleText('bold', titleOf(workload)) }]);
    lines.push(...rows.map(cells));
  }
  return lines.toString();
}

function titleOf(name: string): string {
  if (name === sampleBatch.name) {
    return `${name}: ${batchOf(sampleBatch)}, ${sampleBatch.workers} workers`;
  }
  const workload = workloads.find((candidate) => candidate.name === name);
  return workload ? `${name}: ${batchOf(workload)}` : name;
}

function batchOf({ messages, body }: { readonly messages: number; readonly body: unknown }): string {
  return `${messages} × ${JSON.stringify(body)}`;
}

function cells({ way, duration, messagesPerSecond, speedUp, costOfMillion, computed }: Row): string[] {
  return [
    `  ${way}${computed ? ' (computed)' : ''}`,
    milliseconds(duration.median),
    duration.least === duration.most
      ? ''
      : `${milliseconds(duration.least)} - ${milliseconds(duration.most)}`,
    digits(messagesPerSecond, 2),
    `${digits(speedUp, 2)} ×`,
    costOfMillion.toFixed(costOfMillion < 0.1 ? 3 : 2),
  ];
}

/** A duration in the unit that suits it, with no more digits than a few runs carry. */
export function milliseconds(value: number): string {
  return value < 999.5 ? `${digits(value, 3)} ms` : `${digits(value / 1000, 3)} s`;
}

/** A number to so many significant digits, but never less than its whole part. */
export function digits(value: number, significant: number): string {
  const rounded = Number(value.toPrecision(significant));
  const whole = Math.floor(Math.log10(Math.max(rounded, 1))) + 1;
  return value.toFixed(Math.max(significant - whole, 0));
}
