import { expect, it } from 'vitest';

import { optionsOf } from '../src/bundling/esbuild-flags.ts';

it.each<[string, unknown]>([
  ['--minify', { minify: true }],
  ['--sources-content=false', { sourcesContent: false }],
  ['--sourcemap=inline', { sourcemap: 'inline' }],
  ['--external:@aws-sdk/*', { external: ['@aws-sdk/*'] }],
  ['--define:A.B="c=d"', { define: { 'A.B': '"c=d"' } }],
  ['--define:DEBUG=true', { define: { DEBUG: 'true' } }],
  ['--loader:.sql=text', { loader: { '.sql': 'text' } }],
  ['--main-fields=module,main', { mainFields: ['module', 'main'] }],
  ['--log-limit=0', { logLimit: 0 }],
  ['--supported:bigint=false', { supported: { bigint: false } }],
  ['--banner:js=// one\n// two', { banner: { js: '// one\n// two' } }],
])('accepts the flag %s of esbuild', (flag, options) => {
  expect(optionsOf([flag])).toEqual(options);
});
