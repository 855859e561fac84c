import {
  failsAt,
  mappedBatches,
  mappingFindings,
  reportText,
  runChecks,
  writeReports,
} from '@parallel-lambda/check';
import {
  applyOverrides,
  describeFolder,
  localFunctionOptions,
  readEvent,
} from '@parallel-lambda/local-lambda';
import { findFunction, givenFolders } from '@parallel-lambda/local-stack';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { showProgress, textWidth } from '../shared/terminal.ts';
import { openStacks } from '../shared/workspace.ts';
import type { CheckOptions } from './command.ts';

/** Checks a built function, prints the report, and writes it in other forms. */
export async function run(options: CheckOptions, name: string): Promise<ExitCode> {
  const { assembly, layer, event: files = [] } = options;
  const stacks = assembly === undefined ? undefined : await openStacks(options);
  const described = stacks
    ? findFunction(stacks.assembly, name)
    : describeFolder(name, { ...options, layers: givenFolders(layer) });
  const definition = applyOverrides(described, localFunctionOptions(options).overrides);
  const events = await Promise.all(files.map(async (file) => ({ file, event: await readEvent(file) })));
  using progress = showProgress('starting');
  const checked = await runChecks(definition, {
    ...(stacks && mappedBatches(stacks, definition.name)),
    ...options,
    events,
    body: options.body ?? options.text,
    onProgress: (text) => {
      progress.update(text, text);
    },
  });
  progress[Symbol.dispose]();
  const report = { ...checked, ...(stacks && { mapping: mappingFindings(stacks, definition, checked) }) };
  console.log(options.json ? JSON.stringify(report, undefined, 2) : reportText(report, textWidth()));
  await writeReports(report, definition, options);
  return failsAt(report, options.failOn) ? exitCode.failure : exitCode.success;
}
