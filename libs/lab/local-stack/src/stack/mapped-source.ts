/** Source of a mapping. */
export type MappedSource = 'sqs' | 'kinesis' | 'dynamodb' | 'kafka';

/** Returns the ARN of the source of a mapping. A consumer of a stream reads that stream. */
export function sourceArnOf(arn: unknown): string | undefined {
  return typeof arn === 'string' ? arn.replace(/^(arn:[^:]+:kinesis:.*?)\/consumer\/.*$/, '$1') : undefined;
}

/** Returns the kind of a source by its ARN. */
export function sourceOf(arn: string): MappedSource | undefined {
  const service = arn.split(':')[2];
  return (['sqs', 'kinesis', 'dynamodb', 'kafka'] as const).find((known) => known === service);
}

/** Returns the name of a function from its name or its ARN, also from a part of the ARN, with an alias or a version. */
export function functionNameOf(reference: unknown): string | undefined {
  if (typeof reference !== 'string') return undefined;
  const parts = reference.split(':');
  return parts[parts.indexOf('function') + 1];
}
