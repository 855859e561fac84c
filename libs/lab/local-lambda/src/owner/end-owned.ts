// `node end-owned.ts <name>`: ends and removes what a process has left, whose end the caller has seen.
import { removeLeftovers } from './remove-leftovers.ts';

const [name] = process.argv.slice(2);
removeLeftovers((each) => each === name);
