/**
 * The flags of V8 that threads are to start under, set before anything else is imported. Whatever runs already keeps its
 * own.
 *
 * Lambda starts Node with `--expose-gc`, and V8 takes Node's embedded code cache only under the flags that it was made
 * with: each thread would compile all that Node itself starts with, in 52 ms instead of 37, and this thread what it
 * loads for having threads, in 3 ms more. So that one is taken back.
 *
 * Lambda also lets what is young in a heap grow to 5 % of the memory size. That of a thread is to stop at 16 MB: six
 * threads that were let grow on took a fifth more memory and were 2 % faster.
 */
const most = '--max-semi-space-size=';
const mostMb = Math.min(16, parseInt(process.execArgv.join().split(most)[1] ?? '16'));
// Before 20.16 Node has no such function: that is refused a moment later, in words.
(process as Partial<typeof process>)
  .getBuiltinModule?.('node:v8')
  .setFlagsFromString(`--no-expose-gc ${most}${mostMb}`);
