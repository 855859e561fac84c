/** Options for esbuild's JavaScript API, as far as its command line can express them. */
export type EsbuildOptions = Record<string, unknown>;

/** Flags whose value is a list, separated by commas. */
const lists = ['conditions', 'dropLabels', 'mainFields', 'resolveExtensions'];
/** Flags of the form `--name:value` that can be repeated. */
const repeated = ['drop', 'external', 'inject', 'pure'];

/**
 * Converts flags of esbuild's command line to options of its JavaScript API, which is the one that takes plugins.
 *
 * @param flags such as `--minify`, `--target=node24`, `--external:pg` or `--define:STAGE="prod"`
 * @returns the options; esbuild itself rejects the unknown ones
 * @see https://esbuild.github.io/api/
 */
export function optionsOf(flags: readonly string[]): EsbuildOptions {
  const options: EsbuildOptions = {};
  for (const flag of flags) {
    const [, name = '', key, value] = /^--([^:=]*)(?::([^=]*))?(?:=(.*))?$/s.exec(flag) ?? [];
    const option = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (key === undefined) options[option] = valueOf(option, value);
    else if (repeated.includes(option)) options[option] = [...((options[option] ?? []) as string[]), key];
    else options[option] = { ...(options[option] as object | undefined), [key]: keyedValueOf(option, value) };
  }
  return options;
}

function valueOf(option: string, value: string | undefined): unknown {
  if (value === undefined || value === 'true') return true;
  if (value === 'false') return false;
  if (lists.includes(option)) return value.split(',');
  return option.endsWith('Limit') ? Number(value) : value;
}

/** `--define:DEBUG=true` is a text for esbuild, `--supported:bigint=false` a boolean. */
function keyedValueOf(option: string, value: string | undefined): unknown {
  return option === 'supported' ? value !== 'false' : value;
}
