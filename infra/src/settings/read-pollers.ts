import type { PollerLimits } from './limits.ts';
import { type Context, SettingsError, shown } from './read-values.ts';
import type { PollerSettings } from './settings.ts';

const groupName = /^[\w-]{1,128}$/;

/**
 * Reads the event pollers in provisioned mode: `2..20`.
 *
 * @returns `undefined` if none are set
 * @throws {SettingsError} if they are out of range, or the minimum exceeds the maximum
 */
export function readPollers(context: Context, limits: PollerLimits): PollerSettings | undefined {
  const { pollers, kafkaPollerGroup: group } = context;
  if (group !== undefined && (typeof group !== 'string' || !groupName.test(group))) {
    throw new SettingsError(
      `kafkaPollerGroup must be a name of letters, digits, hyphens and underscores, at most 128, not ${shown(group)}.`,
    );
  }
  if (pollers === undefined && group === undefined) return undefined;
  const found = typeof pollers === 'string' ? /^(\d+)\.\.(\d+)$/.exec(pollers) : null;
  const [min, max] =
    pollers === undefined ? [limits.min, limits.min] : [Number(found?.[1]), Number(found?.[2])];
  if (min >= limits.min && min <= limits.maxMinimum && max >= min && max <= limits.max) {
    return {
      minimumPollers: min,
      maximumPollers: max,
      ...(group !== undefined && { pollerGroupName: group }),
    };
  }
  throw new SettingsError(
    `pollers must be MIN..MAX, with a minimum from ${limits.min} to ${limits.maxMinimum} and a maximum up to ${limits.max}, such as 2..20, not ${shown(pollers)}.`,
  );
}
