import { styleText } from 'node:util';

import Table from 'cli-table3';

import { exitCode } from '../exit-code.ts';
import type { FunctionOptions } from '../options.ts';
import { checks, type Finding } from './checks.ts';
import { describeFolder } from './describe-folder.ts';

/** What `lab check` is told. */
export interface CheckOptions extends FunctionOptions {
  readonly handler?: string;
  readonly messages: number;
  /** Seconds. */
  readonly timeout: number;
  readonly json?: boolean;
}

/** Asks a built function every question, and prints the scorecard. */
export async function checkFunction(folder: string, options: CheckOptions): Promise<void> {
  const definition = describeFolder(folder, options);
  const subject = { definition, runtime: options.runtime, messages: options.messages };
  const findings: (Finding & { readonly name: string })[] = [];
  for (const { name, run } of checks) {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${name} …`);
    findings.push({ name, ...(await run(subject)) });
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  console.log(options.json ? JSON.stringify(findings, undefined, 2) : scorecard(findings));
  if (findings.some(({ passed }) => !passed)) process.exitCode = exitCode.failure;
}

function scorecard(findings: readonly (Finding & { readonly name: string })[]): string {
  const table = new Table({
    head: ['', 'the function …', 'what was seen'],
    style: { head: ['bold'], compact: true },
  });
  for (const { name, passed, seen } of findings) {
    table.push([passed ? styleText('green', '✓') : styleText('red', '✗'), name, seen]);
  }
  const passed = findings.filter((finding) => finding.passed).length;
  return `${table.toString()}\n${passed} of ${findings.length}`;
}
