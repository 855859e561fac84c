import { readFileSync } from 'node:fs';

import { defineConfig } from 'vitepress';

const sidebar = JSON.parse(readFileSync(new URL('../out/sidebar.json', import.meta.url), 'utf8'));
const repository = process.env.GITHUB_REPOSITORY;

/** Renders an empty header of a table as an ordinary cell: a screen reader would announce a header without a name. */
function headerCell(toContent) {
  return (tokens, index, options, env, renderer) => {
    if (tokens[index + toContent].content === '') tokens[index].tag = 'td';
    return renderer.renderToken(tokens, index, options);
  };
}

export default defineConfig({
  title: 'Parallel Lambda',
  description: 'Process a batch in parallel inside one AWS Lambda invocation',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  base: process.env.SITE_BASE ?? '/',
  srcDir: 'out/pages',
  // Files for agents, which are no pages.
  srcExclude: ['public/**'],
  outDir: 'out/site',
  cacheDir: 'out/cache',
  cleanUrls: true,
  metaChunk: true,
  // As GitHub makes anchors of headings, so that the links of the repository lead to the same places.
  markdown: {
    config: (md) => {
      md.renderer.rules.th_open = headerCell(1);
      md.renderer.rules.th_close = headerCell(-1);
      // On a phone a picture scrolls, also by keyboard.
      const { image } = md.renderer.rules;
      md.renderer.rules.image = (...args) => `<span class="picture" tabindex="0">${image(...args)}</span>`;
    },
    // Their contrast is high enough for WCAG AA.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: {
      slugify: (heading) =>
        heading
          .trim()
          .toLowerCase()
          .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
          .replace(/\s/g, '-'),
    },
  },
  themeConfig: {
    nav: [
      { text: 'Get started', link: '/guide/get-started' },
      { text: 'API', link: '/api/' },
      { text: 'Performance', link: '/guide/performance' },
    ],
    sidebar: [...sidebar, { text: 'API reference', items: [{ text: 'All packages', link: '/api/' }] }],
    search: { provider: 'local' },
    outline: [2, 3],
    ...(repository && {
      socialLinks: [{ icon: 'github', link: `https://github.com/${repository}` }],
    }),
  },
});
