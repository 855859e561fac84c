/** Properties of the machine that decide whether a page is opened. */
export interface Surroundings {
  readonly isTTY: boolean;
  readonly platform: NodeJS.Platform;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Returns whether the user can see a page: on a terminal, not in CI, with a display. */
export function canShowPage({ isTTY, platform, variables }: Surroundings): boolean {
  if (!isTTY || variables.CI) return false;
  const hasDisplay = variables.DISPLAY ?? variables.WAYLAND_DISPLAY ?? variables.WSL_DISTRO_NAME;
  return platform === 'darwin' || platform === 'win32' || Boolean(hasDisplay);
}

/** Opens a file in the browser if the user can see it. It does not wait for the browser. */
export async function openInBrowser(file: string): Promise<void> {
  const isTTY = process.stdout.isTTY;
  if (!canShowPage({ isTTY, platform: process.platform, variables: process.env })) return;
  // Loaded here, because few commands open a page.
  const { default: open } = await import('open');
  const browser = await open(file);
  // The path of the file was printed, so a missing browser is not an error.
  browser.on('error', () => undefined);
}
