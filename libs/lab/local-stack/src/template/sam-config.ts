import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Returns a sentence if the configuration of the SAM CLI sets parameters, because it is not read.
 *
 * @param project the folder of the configuration
 */
export function samConfigNotes(project: string): readonly string[] {
  const file = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'].find((name) =>
    existsSync(path.join(project, name)),
  );
  const sets =
    file !== undefined && /^\s*parameter_overrides\b/m.test(readFileSync(path.join(project, file), 'utf8'));
  return sets
    ? [`The parameter_overrides of ${file} are not read here. To set them, pass --parameter NAME=VALUE.`]
    : [];
}
