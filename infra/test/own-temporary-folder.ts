import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Each `App` of a test is synthesized into a temporary folder, which nobody but this removes. */
export default function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'infra-test-'));
  process.env.TMPDIR = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
