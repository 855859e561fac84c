import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';

/** Names of templates in a folder. The last one is of the Serverless Framework. */
export const templateFiles = [
  'template.yaml',
  'template.yml',
  'template.json',
  'cloudformation-template-update-stack.json',
] as const;

/** The output folders and templates of CDK, SAM and the Serverless Framework, in the order in which they are looked for. */
const inputs = ['cdk.out', '.aws-sam/build', '.serverless', ...templateFiles.slice(0, 3)];

/** Advice for a project, by a file that it has. */
const remedies: readonly (readonly [file: RegExp, remedy: string])[] = [
  [/^cdk\.json$/, 'This is a CDK project: run npx cdk synth first.'],
  [/^samconfig\.(?:toml|ya?ml)$/, 'This is a SAM project: run sam build first, or pass --assembly TEMPLATE.'],
  [
    /^serverless\.(?:ya?ml|json|js|ts)$/,
    'This is a project of the Serverless Framework: run npx serverless package first.',
  ],
  [/\.tf(?:\.json)?$/, notRead('Terraform')],
  [/^sst\.config\.[mc]?[jt]s$/, notRead('SST')],
  [/^Pulumi\.ya?ml$/, notRead('Pulumi')],
];

function notRead(tool: string): string {
  return `This is a project of ${tool}, whose stacks are not read here: pass the folder of a built function to invoke, check or tune.`;
}

/**
 * Finds the input that can be served in a folder: a CDK assembly, a SAM build, a package of the Serverless Framework or a template.
 *
 * @throws {LabError} `failure`, if there is none
 */
export function findInput(folder: string): string {
  const found = inputs.find((input) => isInput(path.join(folder, input)));
  if (found !== undefined) return path.join(folder, found);
  const files = readdirSync(folder);
  const remedy = remedies.find(([pattern]) => files.some((file) => pattern.test(file)))?.[1];
  throw new LabError(
    'failure',
    `There is no ${new Intl.ListFormat('en', { type: 'disjunction' }).format(inputs)} in ${path.resolve(folder)}. ${remedy ?? 'Run cdk synth or sam build first.'}`,
  );
}

function isInput(candidate: string): boolean {
  if (templateFiles.some((file) => file === path.basename(candidate))) return existsSync(candidate);
  return ['manifest.json', ...templateFiles].some((file) => existsSync(path.join(candidate, file)));
}
