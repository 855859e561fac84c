import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { LocalFunction, type FunctionDefinition } from '@parallel-lambda/local-lambda';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { findDefinition, findFunction, readStacks, type StackInputs } from '../src/index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layers-'));
  const code = `exports.handler = async () => require('shared'); exports.wrapped = async () => 'its own';`;
  await write('code/index.js', code);
  await write('code/own/index.js', `exports.handler = async () => process.env.WRAPPED ?? 'no';`);
  await write('layer/nodejs/node_modules/shared/index.js', `module.exports = 'of the folder';`);
  const zipped = { 'nodejs/node_modules/shared/index.js': strToU8(`module.exports = 'of the zip file';`) };
  await writeFile(path.join(folder, 'layer.zip'), zipSync(zipped));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(file: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text, { mode });
}

const layerArn = (name: string) => `arn:aws:lambda:us-east-1:094274105915:layer:${name}:7`;

async function read(properties: object, layer?: StackInputs['layer']) {
  const own = { Runtime: 'nodejs24.x', Handler: 'index.handler', Timeout: 10, ...properties };
  const resource = {
    Type: 'AWS::Lambda::Function',
    Metadata: { 'aws:asset:path': 'code' },
    Properties: own,
  };
  const file = path.join(folder, 'template.json');
  await writeFile(file, JSON.stringify({ Resources: { Orders: resource } }));
  return readStacks(file, { layer });
}

async function orders(properties: object, layer?: StackInputs['layer']): Promise<FunctionDefinition> {
  return findFunction((await read(properties, layer)).assembly, 'Orders');
}

async function invoke(definition: FunctionDefinition): Promise<unknown> {
  await using local = new LocalFunction(definition);
  const result = await local.invoke({});
  return result.status === 'success' ? result.payload : result.error.errorMessage;
}

/** The notes on layers, without those on the machine. */
function notesOn({ notes }: FunctionDefinition): readonly string[] {
  return notes.filter((note) => !note.includes('Node.js'));
}

describe('a layer that is named by its ARN', () => {
  const Layers = [layerArn('shared')];

  it('is loaded from the folder or zip file that the user gives, by name or ARN', async () => {
    for (const name of ['shared', layerArn('shared'), layerArn('shared').replace(/:7$/, '')]) {
      const definition = await orders({ Layers }, { [name]: path.join(folder, 'layer') });
      expect(notesOn(definition)).toEqual([]);
      expect(definition.layers).toEqual([path.join(folder, 'layer')]);
    }
    expect(await invoke(await orders({ Layers }, { shared: path.join(folder, 'layer') }))).toBe(
      'of the folder',
    );
    expect(await invoke(await orders({ Layers }, { shared: path.join(folder, 'layer.zip') }))).toBe(
      'of the zip file',
    );
  });

  it('is named with what to do, if it is not on this machine', async () => {
    expect(notesOn(await orders({ Layers }))).toEqual([
      `its layer shared is not loaded. To load it, pass --layer shared=FOLDER, or a zip file instead of the folder (aws lambda get-layer-version-by-arn --arn ${layerArn('shared')} prints where its zip file is)`,
    ]);
  });

  it('is found by the parameter that has its ARN', async () => {
    const parameter = '/aws/service/powertools/typescript/generic/all/latest';
    const given = { [parameter]: path.join(folder, 'layer') };
    const definition = await orders({ Layers: [`{{resolve:ssm:${parameter}}}`] }, given);
    expect(definition.layers).toEqual([path.join(folder, 'layer')]);
  });

  it('must be that of a function', async () => {
    await expect(read({ Layers }, { shraed: folder })).rejects.toThrow(
      'No function has the layer shraed of --layer. The layers of the functions are shared.',
    );
    await expect(read({}, { shared: folder })).rejects.toThrow(
      'No function has the layer shared of --layer. No function has a layer.',
    );
  });

  it('may be given to a folder', async () => {
    const options = { layer: { shared: path.join(folder, 'layer') } };
    const definition = await findDefinition(path.join(folder, 'code'), options, () => read({}));
    expect(await invoke(definition)).toBe('of the folder');
  });
});

describe('the public layer of Powertools', () => {
  const powertools = { Layers: [layerArn('AWSLambdaPowertoolsTypeScriptV2')] };
  const logger = 'node_modules/@aws-lambda-powertools/logger';

  it('is replaced by the packages of the project', async () => {
    await write(`${logger}/index.js`, `module.exports = 'the logger';`);
    await write('code/index.js', `exports.handler = async () => require('@aws-lambda-powertools/logger');`);
    const definition = await orders(powertools);
    expect(notesOn(definition)).toEqual([
      'instead of its layer AWSLambdaPowertoolsTypeScriptV2, it has the packages @aws-lambda-powertools/* of your project',
    ]);
    expect(await invoke(definition)).toBe('the logger');
  });

  it('is not replaced in a function without it', async () => {
    await write(`${logger}/index.js`, `module.exports = 'the logger';`);
    await write('code/index.js', `exports.handler = async () => require('@aws-lambda-powertools/logger');`);
    expect(await invoke(await orders({}))).toMatch(/Cannot find module '@aws-lambda-powertools/);
  });

  it('is named with what to install, if the project does not have them', async () => {
    expect(notesOn(await orders(powertools))).toEqual([
      'its layer AWSLambdaPowertoolsTypeScriptV2 is not loaded. Run npm install --save-dev in your project with the packages of @aws-lambda-powertools that the function imports, or pass --layer AWSLambdaPowertoolsTypeScriptV2=FOLDER, or a zip file instead of the folder',
    ]);
  });
});

it.each([
  ['AWS-AppConfig-Extension', /an extension, which is not started\. .* listen on port 2773/],
  ['AWS-Parameters-and-Secrets-Lambda-Extension', /an extension, which is not started\. .* port 2773/],
  ['LambdaInsightsExtension', /an extension, which is not started, so it collects nothing here/],
])('the public layer %s is an extension', async (name, note) => {
  expect(notesOn(await orders({ Layers: [layerArn(name)] }))).toEqual([expect.stringMatching(note)]);
});

describe('a handler in a layer', () => {
  const Handler = '/opt/nodejs/node_modules/agent/handler.handler';
  const own = { DD_LAMBDA_HANDLER: 'index.wrapped' };

  it('runs, if the layer is on this machine', async () => {
    await write('layer/nodejs/node_modules/agent/handler.js', `exports.handler = async () => 'the agent';`);
    const layer = { agent: path.join(folder, 'layer') };
    const properties = { Handler, Layers: [layerArn('agent')], Environment: { Variables: own } };
    expect(await invoke(await orders(properties, layer))).toBe('the agent');
  });

  it('gives way to the handler that it wraps, if the layer is not', async () => {
    const definition = await orders({ Handler, Environment: { Variables: own } });
    expect(notesOn(definition)).toEqual([
      `its handler ${Handler} is in a layer that is not loaded, so its own runs without it: DD_LAMBDA_HANDLER=index.wrapped`,
    ]);
    expect(await invoke(definition)).toBe('its own');
  });

  it('is named, if it wraps none', async () => {
    const { assembly } = await read({ Handler });
    expect(assembly.skipped).toMatchObject([
      {
        reason: `its handler ${Handler} is in a layer that is not on this machine. Pass --layer NAME=FOLDER with the layer's folder or zip file`,
      },
    ]);
  });
});

describe('a wrapper script', () => {
  const properties = {
    Handler: 'own/index.handler',
    Layers: [layerArn('tracer')],
    Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrapper' } },
  };

  it('starts the runtime, if it is in a layer on this machine', async () => {
    await write('layer/wrapper', '#!/bin/sh\nexport WRAPPED=yes\nexec "$@"\n', 0o755);
    const definition = await orders(properties, { tracer: path.join(folder, 'layer') });
    expect(notesOn(definition)).toEqual([]);
    expect(await invoke(definition)).toBe('yes');
  });

  it('is left out and named, if it is not', async () => {
    const definition = await orders(properties);
    expect(notesOn(definition)).toContain(
      'its AWS_LAMBDA_EXEC_WRAPPER=/opt/wrapper is not run: it is in no layer on this machine. To load a layer, pass --layer NAME=FOLDER',
    );
    expect(await invoke(definition)).toBe('no');
  });
});

describe('a module that NODE_OPTIONS load', () => {
  const properties = (options: string) => ({
    Layers: [layerArn('sentry')],
    Environment: { Variables: { NODE_OPTIONS: options } },
  });
  const given = () => ({ sentry: path.join(folder, 'layer') });

  it.each([
    '-r shared',
    '--require=shared',
    '--import /opt/nodejs/node_modules/shared/index.js',
    '--import data:,',
  ])('is loaded, if a layer on this machine has it: %s', async (options) => {
    expect(notesOn(await orders(properties(`--enable-source-maps ${options}`), given()))).toEqual([]);
  });

  it.each(['@sentry/aws-serverless/awslambda-auto', '/opt/tracer', '/var/task/gone'])(
    'is named with what to do, if nothing has it: %s',
    async (module) => {
      expect(notesOn(await orders(properties(`-r ${module}`), given()))).toEqual([
        `its NODE_OPTIONS load ${module}, which is in no layer on this machine. To load a layer, pass --layer NAME=FOLDER; to run without it, pass --env NODE_OPTIONS=`,
      ]);
    },
  );
});
