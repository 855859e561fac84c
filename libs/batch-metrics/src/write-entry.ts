/**
 * Writes an entry to the log as it is: `console` would put it into an entry of its own, where CloudWatch looks for no
 * metrics. Not by `process.stdout`, which takes milliseconds of a cold start to open; and a line as short as this
 * goes into a pipe whole or not at all.
 */
export function writeEntry(entry: string): void {
  try {
    // An `import` of node:fs evaluates every getter of its exports, which takes 2.5 ms of a cold start.
    process.getBuiltinModule('node:fs').writeSync(1, `${entry}\n`);
  } catch (error) {
    // Somebody else opened the stream, which has its pipe refuse what does not fit at this moment.
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    process.stdout.write(`${entry}\n`);
  }
}
