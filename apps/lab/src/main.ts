#!/usr/bin/env node
import { programName } from './package.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 12)) {
  await import('./run-program.ts');
} else {
  // The other modules have syntax and imports that older versions do not support.
  console.error(`${programName} needs Node.js 22.12 or newer, this is ${process.versions.node}`);
  process.exitCode = 2;
}
