import { type Technique, techniques } from '../techniques.ts';
import type { Context } from './context.ts';
import { SettingsError } from './settings-error.ts';

/**
 * Reads which techniques are deployed: their names with commas between them.
 *
 * @returns in the order of the list of techniques
 * @throws {SettingsError} for a name that there is not, one that comes twice, or none at all
 */
export function readTechniques({ techniques: value }: Context): readonly Technique[] {
  if (value === undefined) return techniques;
  const names = typeof value === 'string' ? value.split(',') : [];
  const known = techniques.filter((technique) => names.includes(technique));
  if (known.length > 0 && known.length === names.length) return known;
  throw new SettingsError(
    `techniques must be some of ${techniques.join(',')}, each once, not ${JSON.stringify(value)}.`,
  );
}
