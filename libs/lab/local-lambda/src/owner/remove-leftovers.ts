import { removeAbandonedFolders } from '../environment-folder.ts';
import { removeAbandonedSandboxes } from '../sandbox/open-sandbox.ts';
import { isAbandoned } from './owner.ts';

/**
 * Cleans up after processes that were killed before they could do it themselves.
 *
 * @param isLeft returns whether a name is that of such a process. @default looks at the processes of this machine
 */
export function removeLeftovers(isLeft: (name: string) => boolean = isAbandoned): void {
  removeAbandonedFolders(isLeft);
  removeAbandonedSandboxes(isLeft);
}
