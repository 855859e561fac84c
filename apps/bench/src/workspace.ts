import path from 'node:path';

/** The folder that everything is in. */
export const workspace = path.resolve(import.meta.dirname, '../../..');
