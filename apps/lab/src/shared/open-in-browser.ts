import open from 'open';

/** What decides whether a page is shown. */
export interface Surroundings {
  readonly isTTY: boolean;
  readonly platform: NodeJS.Platform;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Whether somebody sits there who can see a page: on a terminal, not in CI, with a display. */
export function canShowPage({ isTTY, platform, variables }: Surroundings): boolean {
  if (!isTTY || variables.CI) return false;
  const hasDisplay = variables.DISPLAY ?? variables.WAYLAND_DISPLAY ?? variables.WSL_DISTRO_NAME;
  return platform === 'darwin' || platform === 'win32' || Boolean(hasDisplay);
}

/** Shows a file in the browser, where there is one and somebody to see it. It waits for nothing. */
export async function openInBrowser(file: string): Promise<void> {
  const isTTY = process.stdout.isTTY;
  if (!canShowPage({ isTTY, platform: process.platform, variables: process.env })) return;
  const browser = await open(file);
  // Whoever has none is told where the file is anyway.
  browser.on('error', () => undefined);
}
