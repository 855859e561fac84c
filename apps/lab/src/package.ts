import { readFileSync } from 'node:fs';
import path from 'node:path';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly name: string;
  readonly version: string;
};

/** The name of the command: `lab` in the workspace, `parallel-lambda` where the package is installed. */
export const programName = path.basename(manifest.name);

export const { version } = manifest;
