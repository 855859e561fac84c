/** Measures all stored figures at one commit, and fills in pages and pictures: `npx nx measure docs`. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';

import { commitOf } from '@parallel-lambda/measure';

import { root } from './figures.ts';
import { fileOf, measured, mixture, readStored, type Measured } from './stored-measurements.ts';

/** Draws all pages and pictures from the stored measurements. */
const drawing = [
  'nx draw bench',
  'nx draw-adaptive bench',
  `lab draw --from ${fileOf('compare')} --pictures docs/pictures --no-open`,
  `lab draw --from ${fileOf('tune')} --pictures docs/pictures/tune --no-open`,
  'nx draw docs',
];

const commit = commitOf(root);
if (commit === undefined || commit.endsWith('-dirty')) {
  console.error(
    'measure: files outside of docs have changed. Commit them, so that all figures are of one commit.',
  );
  process.exit(1);
}

for (const name of measured) {
  const started = performance.now();
  for (const command of commandsOf(name)) run(command);
  console.error(`${name}: ${Math.round((performance.now() - started) / 1000)} s`);
}
const problem = mixture(root);
if (problem !== undefined) {
  console.error(`measure: ${problem} Run the command again.`);
  process.exit(1);
}
for (const command of drawing) run(command);

/** Returns the commands that are still to be run, after a run that was stopped too. */
function commandsOf(name: Measured): readonly string[] {
  const file = fileOf(name);
  let stored = readStored(root, name);
  // Runs of adaptive workers cannot be continued: the file does not say which are missing.
  if (stored?.commit !== commit || stored?.cost?.length === 0) {
    rmSync(path.join(root, file), { force: true });
    stored = undefined;
  }
  switch (name) {
    case 'adaptive':
      return stored
        ? []
        : [
            '--no-adaptive --sweep --seconds 2',
            '--no-adaptive --peers --seconds 3',
            '--best --rounds 3',
            '--cost',
          ].map((options) => `nx adaptive bench --json ${file} ${options}`);
    case 'performance':
      return [`nx measure bench --json ${file}`];
    case 'compare':
      return stored ? [] : [`nx compare lab --json ${file} --no-open`];
    case 'tune':
      return [`nx tune lab --json ${file} --no-open ${stored ? '--resume' : ''}`];
  }
}

function run(command: string): void {
  console.error(`\n> npx ${command}`);
  const { status } = spawnSync('npx', command.trim().split(/ +/), { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
