import { expect, it } from 'vitest';

import { missingModuleHint } from '../src/index.ts';

const failed = (errorMessage: string) =>
  ({ status: 'error', error: { errorType: 'Runtime.ImportModuleError', errorMessage } }) as const;

it.each([
  [
    "Error: Cannot find module '@aws-sdk/client-s3'\nRequire stack:\n- /var/task/index.js",
    "@aws-sdk/client-s3 is part of Lambda's runtime, and not installed here. Run npm install --save-dev @aws-sdk/client-s3 in your project.",
  ],
  [
    "Cannot find package '@aws-sdk/lib-storage' imported from /var/task/index.mjs",
    "@aws-sdk/lib-storage is part of Lambda's runtime, and not installed here.",
  ],
  [
    "Error: Cannot find module '@aws-sdk/signature-v4'",
    "@aws-sdk/signature-v4 is not in the function's folder. Run npm install",
  ],
  [
    "Error: Cannot find module 'aws-sdk'",
    'aws-sdk (version 2) is part of nodejs16.x and older runtimes only, and not installed here.',
  ],
  ["Error: Cannot find module 'aws-sdk/clients/s3'", 'aws-sdk (version 2) is part of nodejs16.x and older'],
  ["Error: Cannot find module 'sharp'", "sharp is not in the function's folder. Run npm install"],
])('explains what to do: %s', (message, hint) => {
  expect(missingModuleHint(failed(message))).toContain(hint);
});

it.each([
  "Error: Cannot find module './util'",
  "Error: Cannot find module '/var/task/x.js'",
  'Task timed out',
])('ignores a file of the function or another error: %s', (message) => {
  expect(missingModuleHint(failed(message))).toBeUndefined();
});
