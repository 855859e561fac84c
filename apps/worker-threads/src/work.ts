/** The module that the threads load, because a function cannot be passed to a thread. */
export { work as default } from '@parallel-lambda/workload';
