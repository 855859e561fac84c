import { expect, it } from 'vitest';

import { fillPage } from '../../src/page/performance-page.ts';
import { measured } from '../measured.ts';

function page(name: string, content: string): string {
  return `Before.\n\n<!-- measured: ${name} -->\n${content}<!-- end of what was measured -->\n\nAfter.\n`;
}

const slowThreads = measured((_, competitor) => (competitor === 'worker-threads' ? 300 : 100));

it('puts what was measured between its marks, in place of what stood there, and leaves all else', () => {
  const filled = fillPage(page('medians', 'old\n'), slowThreads, []);
  expect(filled.startsWith('Before.\n\n<!-- measured: medians -->\n\n| a batch of')).toBe(true);
  expect(filled.endsWith('<!-- end of what was measured -->\n\nAfter.\n')).toBe(true);
  expect(filled).not.toContain('old');
  expect(filled).toContain('| 64 bcrypt hashes of cost 7 | 100 | 300 | 100 | 100 | – |');
  expect(fillPage(filled, slowThreads, [])).toBe(filled);
});

it('says of every aim what came out', () => {
  const filled = fillPage(page('aims', ''), slowThreads, []);
  expect(filled).toContain(
    '| 100 messages that fetch for 200 ms | promises | 1.02 × best peer | 1.00 × | reached |',
  );
  expect(filled).toContain('| worker-threads | 1.02 × best peer | 3.00 × | **missed** |');
});

it('is an error where nothing of that name is made', () => {
  expect(() => fillPage(page('luck', ''), slowThreads, [])).toThrow('luck');
});
