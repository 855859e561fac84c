import { expect, it } from 'vitest';

import { publishedManifest } from '../src/manifest.ts';

const library = {
  name: '@parallel-lambda/promise-workers',
  version: '1.2.3',
  exports: './src/index.ts',
  sideEffects: false,
  dependencies: { tinypool: '2.2.0' },
  devDependencies: { vitest: '4.0.0' },
  nx: { tags: [] },
};

it('points bundlers to the ES module, require to CommonJS, and import to its wrapper', () => {
  const exports = { '.': './src/index.ts', './esbuild': './src/esbuild.ts' };
  expect(publishedManifest({ ...library, exports }, 'libs/batch')).toMatchObject({
    main: './index.cjs',
    types: './index.d.cts',
    exports: {
      '.': { module: './index.js', require: './index.cjs', default: './index.mjs' },
      './esbuild': { module: './esbuild.js', require: './esbuild.cjs', default: './esbuild.mjs' },
      './package.json': './package.json',
    },
  });
});

it('tries the condition of bundlers first, since the first that fits is taken', () => {
  const { exports } = publishedManifest(library, 'libs/batch') as { exports: { '.': object } };
  expect(Object.keys(exports['.'])).toEqual(['module', 'require', 'default']);
});

it('accepts every later version of a peer up to the next major', () => {
  const peerDependencies = { '@parallel-lambda/batch': '1.2.3', effect: '^4.1.0', esbuild: '>=0.18' };
  expect(publishedManifest({ ...library, peerDependencies }, 'libs/batch')).toMatchObject({
    peerDependencies: { '@parallel-lambda/batch': '^1.2.3', effect: '^4.1.0', esbuild: '>=0.18' },
  });
});

it('has no fields that only the workspace needs', () => {
  const published = publishedManifest(library, 'libs/batch');
  expect(published).toMatchObject({ dependencies: { tinypool: '2.2.0' } });
  expect(published).not.toHaveProperty('devDependencies');
  expect(published).not.toHaveProperty('nx');
});

it.each([
  [false, false],
  [['./src/flag.ts'], ['./flag.js', './flag.cjs']],
])('keeps which modules have side effects: %j', (sideEffects, published) => {
  expect(publishedManifest({ ...library, sideEffects }, 'libs/batch')).toMatchObject({
    sideEffects: published,
  });
});

it('names the repository, the home page and the issues where the repository is known', () => {
  expect(publishedManifest(library, 'libs/batch', 'owner/name')).toMatchObject({
    repository: { type: 'git', url: 'git+https://github.com/owner/name.git', directory: 'libs/batch' },
    homepage: 'https://github.com/owner/name/tree/main/libs/batch#readme',
    bugs: 'https://github.com/owner/name/issues',
  });
  const unknown = Object.keys(publishedManifest(library, 'libs/batch'));
  expect(unknown.filter((key) => ['repository', 'homepage', 'bugs'].includes(key))).toEqual([]);
});
