import type { ProvisionedPollers } from '@parallel-lambda/event-sources';
import { LabError } from '@parallel-lambda/local-lambda';

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html */
const limits = { min: 2, maxMinimum: 200, max: 10_000 } as const;

/**
 * Parses event pollers, such as `2..20`.
 *
 * @throws {LabError} `usage`, if the text is something else, or out of range
 */
export function parsePollers(text: string): ProvisionedPollers {
  const found = /^(\d+)\.\.(\d+)$/.exec(text);
  const [minimum, maximum] = [Number(found?.[1]), Number(found?.[2])];
  const isValid = minimum >= limits.min && minimum <= limits.maxMinimum && maximum >= minimum;
  if (isValid && maximum <= limits.max) return { minimum, maximum };
  throw new LabError(
    'usage',
    `It must be MIN..MAX, with a minimum from ${limits.min} to ${limits.maxMinimum} and a maximum up to 10,000, such as 2..20.`,
  );
}
