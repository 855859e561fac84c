/**
 * Writes an entry to the log unchanged. `console` would wrap it in another entry, in which CloudWatch does not look
 * for metrics. `process.stdout` takes milliseconds of a cold start to open. A line as short as this fits into a pipe
 * completely or not at all.
 */
export function writeEntry(entry: string): void {
  try {
    // An `import` of node:fs evaluates every getter of its exports, which takes 2.5 ms of a cold start.
    process.getBuiltinModule('node:fs').writeSync(1, `${entry}\n`);
  } catch (error) {
    // Another module opened the stream, so a full pipe refuses the line.
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    process.stdout.write(`${entry}\n`);
  }
}
