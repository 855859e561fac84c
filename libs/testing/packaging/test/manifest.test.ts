import { expect, it } from 'vitest';

import { publishedManifest } from '../src/manifest.ts';

const library = {
  name: '@parallel-lambda/batch',
  version: '1.2.3',
  exports: './src/index.ts',
  sideEffects: false,
  dependencies: { tinypool: '2.2.0' },
  devDependencies: { vitest: '4.0.0' },
  nx: { tags: [] },
};

it('points to the compiled modules, declarations first', () => {
  const exports = { '.': './src/index.ts', './esbuild': './src/esbuild.ts' };
  expect(publishedManifest({ ...library, exports }, 'libs/batch')).toHaveProperty('exports', {
    '.': { types: './index.d.ts', default: './index.js' },
    './esbuild': { types: './esbuild.d.ts', default: './esbuild.js' },
    './package.json': './package.json',
  });
  expect(publishedManifest(library, 'libs/batch')).toHaveProperty(['exports', '.', 'default'], './index.js');
});

it('holds nothing that only the workspace needs', () => {
  const published = publishedManifest(library, 'libs/batch');
  expect(published).toMatchObject({ dependencies: { tinypool: '2.2.0' } });
  expect(published).not.toHaveProperty('devDependencies');
  expect(published).not.toHaveProperty('nx');
});

it.each([
  [false, false],
  [['./src/flag.ts'], ['./flag.js']],
])('keeps what it says of side effects: %j', (sideEffects, published) => {
  expect(publishedManifest({ ...library, sideEffects }, 'libs/batch')).toMatchObject({
    sideEffects: published,
  });
});

it('names the repository where it is known', () => {
  expect(publishedManifest(library, 'libs/batch', 'owner/name')).toMatchObject({
    repository: { type: 'git', url: 'git+https://github.com/owner/name.git', directory: 'libs/batch' },
  });
  expect(publishedManifest(library, 'libs/batch')).not.toHaveProperty('repository');
});
