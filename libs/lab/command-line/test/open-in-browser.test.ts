import { describe, expect, it } from 'vitest';

import { canShowPage, type Surroundings } from '../src/open-in-browser.ts';

const desk: Surroundings = { isTTY: true, platform: 'linux', variables: { DISPLAY: ':0' } };

describe('a page is shown', () => {
  it.each<[string, Surroundings]>([
    ['on a terminal beside a display', desk],
    ['under Wayland', { ...desk, variables: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['under Windows, from WSL', { ...desk, variables: { WSL_DISTRO_NAME: 'Debian' } }],
    ['on a Mac', { ...desk, platform: 'darwin', variables: {} }],
  ])('%s', (_, surroundings) => {
    expect(canShowPage(surroundings)).toBe(true);
  });
});

describe('no page is shown', () => {
  it.each<[string, Surroundings]>([
    ['without a terminal', { ...desk, isTTY: false }],
    ['in CI', { ...desk, variables: { ...desk.variables, CI: 'true' } }],
    ['where there is no display', { ...desk, variables: {} }],
  ])('%s', (_, surroundings) => {
    expect(canShowPage(surroundings)).toBe(false);
  });
});
