import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A temporary workspace, removed when it is disposed of. */
export class FakeWorkspace implements Disposable {
  readonly path = mkdtempSync(path.join(tmpdir(), 'parallel-lambda-infra-'));

  /** @param files text by path */
  constructor(files: Readonly<Record<string, string>>) {
    for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(this.resolve(file)), { recursive: true });
    writeFileSync(this.resolve(file), text);
  }

  resolve(file: string): string {
    return path.join(this.path, file);
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}
