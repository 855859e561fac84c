/** `node libs/testing/packaging/src/main.ts <library>`, in the workspace's root: builds the folder that is published. */
import { buildPackage } from './build-package.ts';

const [library] = process.argv.slice(2);
if (library === undefined) throw new Error('The folder of the library is missing, such as libs/batch');
await buildPackage(library, process.cwd());
