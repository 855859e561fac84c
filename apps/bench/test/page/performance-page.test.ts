import { expect, it } from 'vitest';

import { fillPage } from '../../src/page/performance-page.ts';
import { measured } from '../measured.ts';

function page(name: string, content: string): string {
  return `Before.\n\n<!-- generated: ${name} -->\n${content}<!-- end -->\n\nAfter.\n`;
}

const slowThreads = measured((_, variant) => (variant === 'worker-threads' ? 300 : 100));

it('fills in its generated parts, and leaves its other text', () => {
  const filled = fillPage(page('results', 'stale text\n'), slowThreads, []);
  expect(filled.startsWith('Before.\n\n<!-- generated: results -->\n\n| batch |')).toBe(true);
  expect(filled.endsWith('<!-- end -->\n\nAfter.\n')).toBe(true);
  expect(filled).not.toContain('stale text');
  expect(filled).toContain('| 64 bcrypt hashes of 9 ms | 100 | 300 | 100 | 100 | – |');
  expect(fillPage(filled, slowThreads, [])).toBe(filled);
});

it('lists the conditions of the measurement', () => {
  expect(fillPage(page('conditions', ''), slowThreads, [])).toContain(
    'Median milliseconds of 1 to 1 interleaved runs. Functions of 3,538 MB on 2 × a CPU, Node.js 24.0.0, 2026-01-02, commit `abc1234`.',
  );
});

it('refuses an unknown part', () => {
  expect(() => fillPage(page('luck', ''), slowThreads, [])).toThrow('The page has an unknown part: luck');
});
