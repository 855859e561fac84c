import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';

import { stackOf } from './stack-of.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Every command in the documents that sets something. */
const commands = globSync(['docs/*.md', 'infra/README.md', 'README.md'], { cwd: root }).flatMap((document) =>
  [
    ...readFileSync(path.join(root, document), 'utf8')
      .replaceAll('\\\n', ' ')
      .matchAll(/^npx nx (?:deploy|diff) infra (.*--context.*)$/gm),
  ].map(([, args = '']) => [document, args] as const),
);

it('there are documented commands', () => {
  expect(commands.length).toBeGreaterThan(2);
});

it.each(commands)('%s: %s is synthesized', (_, args) => {
  const context = Object.fromEntries(
    [...args.matchAll(/--context (\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );
  expect(() => Template.fromStack(stackOf(context))).not.toThrow();
});
