import { LabError } from '@parallel-lambda/local-lambda';

type Varied = Readonly<Record<string, readonly string[]>>;

/**
 * Parses `NAME=VALUE,VALUE,...`.
 *
 * @param before values of other variables to add it to
 * @throws {LabError} `usage`, if the text is something else
 */
export function parseVaried(text: string, before: Varied = {}): Varied {
  const [, name, list] = /^([A-Za-z_]\w*)=(.+)$/s.exec(text) ?? [];
  const values = [...new Set(list?.split(',') ?? [])];
  if (name === undefined || values.includes('') || values.length > 20) {
    throw new LabError(
      'usage',
      'It must be NAME=VALUE,VALUE,... with at most 20 values, such as WORKERS=1,2,4.',
    );
  }
  return { ...before, [name]: values };
}
