import { onTestFinished, vi, type Mock } from 'vitest';

/** Keeps what a handler logs of its failures out of the test's output; until the test ends. */
export function muteErrors(): Mock<typeof console.error> {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => {
    log.mockRestore();
  });
  return log;
}
