import {
  installMissingNode,
  localFunctionOptions,
  type FunctionOptions,
  type LocalFunctionOptions,
} from '@parallel-lambda/local-lambda';

import { warn } from './terminal.ts';

/** Allows npx to install the Node.js of runtimes, if the user passed `--node npx`. Functions are read afterwards. */
export function useNode(source: 'installed' | 'npx'): void {
  if (source === 'installed') return;
  installMissingNode((major) => {
    warn(`Installing Node.js ${major} with npx`);
  });
}

/** Returns the options of a local function, with this machine's AWS credentials if it is to have them. */
export async function functionOptions(
  options: FunctionOptions & { readonly awsCredentials?: boolean },
): Promise<LocalFunctionOptions> {
  const local = localFunctionOptions(options);
  if (!options.awsCredentials) return local;
  // Loaded here, because the AWS SDK takes longer to load than a function to run.
  const { awsCredentials } = await import('@parallel-lambda/deployed-stack');
  return { ...local, variables: await awsCredentials() };
}
