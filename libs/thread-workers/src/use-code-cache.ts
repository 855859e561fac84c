/**
 * Lambda starts Node with `--expose-gc`, and V8 takes Node's embedded code cache only under the flags that it was made
 * with: each thread would compile all that Node itself starts with, in 52 ms instead of 37, and this thread what it
 * loads for having threads, in 3 ms more. So the flag is taken back before anything else is imported. What it
 * has given this thread stays.
 */
if (process.execArgv.includes('--expose-gc')) {
  process.getBuiltinModule('node:v8').setFlagsFromString('--no-expose-gc');
}
