import { removeAbandonedSandboxes } from '../sandbox/open-sandbox.ts';
import { removeAbandonedFolders } from '../environment-folder.ts';

/** Cleans up after processes that were killed before they could do it themselves. */
export function removeLeftovers(): void {
  removeAbandonedFolders();
  removeAbandonedSandboxes();
}
