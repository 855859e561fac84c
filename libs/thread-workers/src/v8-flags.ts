/**
 * The flags of V8 that threads are to start under, set before anything else is imported. Whatever runs already keeps its
 * own.
 *
 * Lambda starts Node with `--expose-gc`, and V8 takes Node's embedded code cache only under the flags that it was made
 * with: each thread would compile all that Node itself starts with, in 52 ms instead of 37, and this thread what it
 * loads for having threads, in 3 ms more. So that one is taken back.
 *
 * A thread begins with 1 MB for what is young, which a batch of ten thousand messages fills several times over, each time to
 * be collected while the other threads wait for nothing. With 16 MB, or as many as Lambda's own flags allow (5 % of the
 * memory size), it is not filled. It is not to have more either, as those flags allow from 320 MB on: six threads grew
 * a process by 40 % and were no faster.
 */
const most = '--max-semi-space-size=';
const mostMb = Math.min(16, parseInt(process.execArgv.join().split(most)[1] ?? '16'));
// Before 20.16 Node has no such function: that is refused a moment later, in words.
(process as Partial<typeof process>)
  .getBuiltinModule?.('node:v8')
  .setFlagsFromString(`--no-expose-gc --min-semi-space-size=16 ${most}${mostMb}`);
