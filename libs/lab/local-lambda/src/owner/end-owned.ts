// `node end-owned.ts <name>`: ends the processes and removes the files that an ended process has left.
import { removeLeftovers } from './remove-leftovers.ts';

const [name] = process.argv.slice(2);
removeLeftovers((each) => each === name);
