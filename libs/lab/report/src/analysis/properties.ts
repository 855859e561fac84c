import type { Series } from '../measurements/measurements.ts';
import { mappingProperties, type MappedBatches } from './mapping-properties.ts';

/** Lines to copy. */
export interface Snippet {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Columns of a line. */
const width = 76;

/**
 * Returns the properties that set up a function like a series: in CDK, in SAM and by the AWS CLI.
 *
 * @param name of the function for the AWS CLI
 * @param batches undefined if only one batch size was measured
 */
export function propertiesOf(
  setting: Series['setting'],
  { name, batches }: { readonly name: string; readonly batches?: MappedBatches | undefined },
): readonly Snippet[] {
  const variables = variablesOf(setting);
  const pairs = variables.map(([variable, value]) => `${variable}: '${value}'`).join(', ');
  const shorthand = variables.map(([variable, value]) => `${variable}=${value}`).join(',');
  const mapping = batches && mappingProperties(batches);
  return [
    {
      title: 'CDK',
      lines: [
        `memorySize: ${setting.memoryMb},`,
        ...(pairs === '' ? [] : [`environment: { ${pairs} },`]),
        ...(mapping?.cdk ?? []),
      ],
    },
    {
      title: 'SAM',
      lines: [
        `MemorySize: ${setting.memoryMb}`,
        ...(pairs === '' ? [] : [`Environment: { Variables: { ${pairs} } }`]),
        ...(mapping?.sam ?? []),
      ],
    },
    {
      title:
        shorthand === '' ? 'AWS CLI' : 'AWS CLI (add the other variables of the function: this replaces all)',
      lines: [
        ...commandLines([
          'aws lambda update-function-configuration',
          `--function-name ${name}`,
          `--memory-size ${setting.memoryMb}`,
          ...(shorthand === '' ? [] : [`--environment 'Variables={${shorthand}}'`]),
        ]),
        ...(mapping ? commandLines(mapping.cli) : []),
      ],
    },
  ];
}

function variablesOf({
  variables = {},
  workers,
  threads,
}: Series['setting']): readonly (readonly [string, string])[] {
  return [
    ...Object.entries(variables),
    ...(workers === undefined ? [] : [['WORKERS', String(workers)] as const]),
    ...(threads === undefined ? [] : [['THREADS', String(threads)] as const]),
  ];
}

/** Returns the command that deploys a setting of this repository. */
export function deployCommand({ setting, messages }: Series): Snippet {
  const { function: technique, memoryMb, workers, threads } = setting;
  const context = {
    techniques: technique,
    memory: memoryMb,
    batchSize: messages,
    ...(workers !== undefined && { workers }),
    ...(threads !== undefined && { threads }),
  };
  const options = Object.entries(context).map(([name, value]) => `--context ${name}=${value}`);
  return { title: 'This repository', lines: commandLines(['npx nx deploy infra', ...options]) };
}

/** Breaks a command between its options. */
function commandLines(parts: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const longer = `${last ?? ''} ${part}`;
    if (last === undefined || longer.length + 2 > width) lines.push(last === undefined ? part : `  ${part}`);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line, place) => (place < lines.length - 1 ? `${line} \\` : line));
}
