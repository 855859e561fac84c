import { removeAbandonedFolders } from '../environment-folder.ts';
import { removeAbandonedSandboxes } from '../sandbox/open-sandbox.ts';

/** Cleans up after processes that were killed before they could do it themselves. */
export function removeLeftovers(): void {
  removeAbandonedFolders();
  removeAbandonedSandboxes();
}
