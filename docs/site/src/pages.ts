import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const workspace = path.resolve(import.meta.dirname, '../../..');

/** A page of the site that is made of a Markdown file of the repository. */
export interface Page {
  /** The Markdown file, relative to the workspace. */
  readonly source: string;
  /** Place in the site, without `.md`. */
  readonly path: string;
  readonly title: string;
}

/** The pages under one heading of the navigation. */
export interface Section {
  readonly title: string;
  readonly pages: readonly Page[];
}

/** Patterns of the files in each section: a file is in the first section that matches it. */
const sections: readonly (readonly [title: string, ...patterns: string[]])[] = [
  [
    'Start',
    'README.md',
    'docs/README.md',
    'docs/get-started.md',
    'docs/installing.md',
    'docs/choose-a-technique.md',
    'docs/own-queue.md',
  ],
  [
    'Run locally',
    'docs/local-lambda.md',
    'docs/serving.md',
    'docs/checking.md',
    'docs/check-in-ci.md',
    'docs/measuring.md',
    'docs/planning.md',
    'apps/lab/README.md',
  ],
  ['Operate', 'docs/deploying.md', 'docs/operating.md', 'docs/performance.md', 'infra/README.md'],
  [
    'Packages',
    'libs/{batch,promise-workers,thread-workers,fiber-workers,sqs,batch-metrics,opentelemetry,cdk}/README.md',
  ],
  ['Examples', 'apps/*/README.md'],
  [
    'Contribute',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'docs/architecture.md',
    'docs/write-a-technique.md',
    'docs/decisions/*.md',
    'docs/notes/*.md',
    'libs/workload/README.md',
    'libs/{lab,testing}/*/README.md',
  ],
  [
    'Guides',
    ...[
      'contract',
      'sources',
      'validation',
      'when-a-message-fails',
      'idempotency',
      'protect-the-service',
    ].map((name) => `docs/${name}.md`),
    'docs/*.md',
  ],
];

/** The order of the navigation. */
const order = ['Start', 'Guides', 'Run locally', 'Operate', 'Packages', 'Examples', 'Contribute'];

/** Returns every page, by section. */
export function siteSections(): readonly Section[] {
  const taken = new Set<string>();
  const found = sections.map(([title, ...patterns]) => {
    const sources = new Set(patterns.flatMap((pattern) => globSync(pattern, { cwd: workspace }).sort()));
    const pages = [...sources].filter((source) => !taken.has(source)).map(pageOf);
    for (const source of sources) taken.add(source);
    return { title, pages };
  });
  return found.toSorted((one, other) => order.indexOf(one.title) - order.indexOf(other.title));
}

function pageOf(source: string): Page {
  const text = readFileSync(path.join(workspace, source), 'utf8');
  const title = /^# (.+)$/m.exec(text)?.[1] ?? source;
  return { source, path: placeOf(source), title: source === 'README.md' ? 'What it is' : title };
}

/** `README.md` is the start page, `docs/x.md` is `guide/x`, `libs/batch/README.md` is `libs/batch`. */
function placeOf(source: string): string {
  if (source === 'README.md') return 'index';
  if (source === 'docs/README.md') return 'guide/index';
  return source
    .replace(/\.md$/, '')
    .replace(/\/README$/, '')
    .replace(/^docs\//, 'guide/')
    .toLowerCase();
}

/** Returns whether a path exists in the repository. */
export function isInWorkspace(file: string): boolean {
  return existsSync(path.join(workspace, file));
}
