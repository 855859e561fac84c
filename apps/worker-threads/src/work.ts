/** What the threads run: a module, since a function cannot be handed to another thread. */
export { work as default } from '@parallel-lambda/workload';
