import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { readStacks, type StacksOfAssembly } from '../src/index.ts';
import { StackServer, type ServedInvocation, type StackServerOptions } from '../src/server.ts';

/** A template that is served for one test. */
export interface ServedTemplate extends AsyncDisposable {
  readonly folder: string;
  readonly server: StackServer;
  readonly read: StacksOfAssembly;
  readonly invocations: readonly ServedInvocation[];
  /** Errors and unsupported calls that the server reported. */
  readonly notes: readonly string[];
  /** Invokes a function over HTTP, and returns its answer. */
  readonly invoke: (name: string, event?: unknown) => Promise<unknown>;
  /** Writes another template into the folder, and reads that. */
  readonly change: (resources: object) => Promise<StacksOfAssembly>;
}

/** A function of a template whose code is the file `<name>.mjs`. */
export function functionResource(name: string, properties: object = {}): object {
  return {
    Type: 'AWS::Serverless::Function',
    Properties: {
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      CodeUri: name,
      Timeout: 10,
      MemorySize: 256,
      ...properties,
    },
  };
}

/**
 * Serves a SAM template.
 *
 * @param resources by logical id
 * @param code of the functions' modules, by folder
 */
export async function serveTemplate(
  resources: object,
  code: Readonly<Record<string, string>>,
  options: Partial<StackServerOptions> = {},
): Promise<ServedTemplate> {
  const folder = await mkdtemp(path.join(tmpdir(), 'served-'));
  for (const [name, text] of Object.entries(code)) {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, 'index.mjs'), text);
  }
  const change = async (changed: object): Promise<StacksOfAssembly> => {
    const template = { Transform: 'AWS::Serverless-2016-10-31', Resources: changed };
    await writeFile(path.join(folder, 'template.json'), JSON.stringify(template));
    return readStacks(folder);
  };
  const invocations: ServedInvocation[] = [];
  const notes: string[] = [];
  const read = await change(resources);
  const server = await StackServer.start(read, {
    port: 0,
    functionOptions: {},
    onInvocation: (invocation) => invocations.push(invocation),
    onError: (error) => notes.push(String(error)),
    onNotServed: ({ message }, caller) => notes.push(`${caller ?? 'unknown'}: ${message}`),
    ...options,
  });
  return {
    folder,
    server,
    read,
    invocations,
    notes,
    change,
    async invoke(name, event = {}) {
      const url = `${server.endpoint}/2015-03-31/functions/${name}/invocations`;
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify(event) });
      return answer.json();
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
