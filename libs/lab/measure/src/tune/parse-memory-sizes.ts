import { functionLimits, LabError } from '@parallel-lambda/local-lambda';

const maxSizes = 20;

/**
 * Parses memory sizes in MB, separated by commas.
 *
 * @throws {LabError} `usage`, if the text is something else, or has more than 20 sizes
 */
export function parseMemorySizes(text: string): readonly number[] {
  const [min, max] = functionLimits.memoryMb;
  const sizes = text.split(',').map((size) => (/^\d+$/.test(size) ? Number(size) : NaN));
  if (sizes.length <= maxSizes && sizes.every((size) => size >= min && size <= max)) return sizes;
  throw new LabError(
    'usage',
    `It must be up to ${maxSizes} whole numbers from ${min} to ${max}, separated by commas.`,
  );
}
