import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Removes the temporary folders into which the `App`s of the tests are synthesized. */
export default function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'infra-test-'));
  process.env.TMPDIR = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
