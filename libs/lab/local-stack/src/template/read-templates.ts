import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { isRecord, LabError, region } from '@parallel-lambda/local-lambda';

import { account } from '../stack/names.ts';
import { recordOf } from '../stack/template-resource.ts';
import { withAssetPaths } from './asset-paths.ts';
import { evaluateTemplate } from './evaluate-template.ts';
import { expandSam } from './expand-sam.ts';
import { templateFiles } from './find-input.ts';
import { flattenNestedStacks } from './flatten-nested-stacks.ts';
import { parseTemplate, type TemplateContent } from './parse-template.ts';
import { samConfigNotes } from './sam-config.ts';

/** A stack's template: evaluated, its SAM resources expanded, its nested stacks moved in. */
export interface Template {
  /** The name of the stack. */
  readonly name: string;
  /** The path of the stack's construct, such as `Prod/Orders`. */
  readonly path: string;
  /** The file that it was read from, absolute. */
  readonly file: string;
  readonly content: TemplateContent;
  /** The folder that paths of assets are relative to, absolute. */
  readonly folder: string;
  /** Sentences for the user. */
  readonly warnings: readonly string[];
}

/** Files that the template of a stack depends on. */
interface Source {
  readonly name: string;
  readonly path: string;
  readonly file: string;
  readonly parameters: TemplateContent;
  /** Sentences for the user. */
  readonly notes?: readonly string[];
}

/**
 * Reads the templates of a CDK assembly (stages included), of a SAM build, or of a template file.
 *
 * @param input a folder or a template file, absolute
 * @param parameters values of the templates' parameters, by name
 * @throws {LabError} `failure`, if there is no template or it cannot be read
 */
export async function readTemplates(
  input: string,
  parameters: TemplateContent = {},
): Promise<readonly Template[]> {
  const sources = await findSources(input, parameters);
  return Promise.all(sources.map(readSource));
}

async function findSources(input: string, parameters: TemplateContent): Promise<readonly Source[]> {
  if (statSync(input, { throwIfNoEntry: false })?.isFile()) return [sourceOf(input, parameters)];
  if (existsSync(path.join(input, 'manifest.json'))) return assemblySources(input, parameters);
  const file = templateFiles.find((name) => existsSync(path.join(input, name)));
  if (file !== undefined) return [sourceOf(path.join(input, file), parameters)];
  throw new LabError(
    'failure',
    `There is no CDK assembly (manifest.json) and no SAM template (template.yaml) in ${input}. Run cdk synth or sam build first.`,
  );
}

function sourceOf(file: string, parameters: TemplateContent): Source {
  const folder = path.dirname(path.resolve(file));
  // Tools write their templates into folders of the project.
  const [written] = /(?:\.aws-sam.build|\.serverless)$/.exec(folder) ?? [''];
  const project = folder.slice(0, folder.length - written.length);
  const name = path.basename(project);
  const notes = Object.keys(parameters).length === 0 ? samConfigNotes(project) : [];
  return { name, path: name, file, parameters, notes };
}

/** @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-assemblies */
async function assemblySources(folder: string, parameters: TemplateContent): Promise<readonly Source[]> {
  const { artifacts } = await readContent(path.join(folder, 'manifest.json'));
  const sources = Object.entries(recordOf(artifacts)).map(
    async ([id, artifact]): Promise<readonly Source[]> => {
      const { type, properties, displayName = id } = recordOf(artifact);
      const { stackName = id, templateFile, directoryName } = recordOf(properties);
      if (type === 'cdk:cloud-assembly' && typeof directoryName === 'string') {
        return assemblySources(path.join(folder, directoryName), parameters);
      }
      if (type !== 'aws:cloudformation:stack' || typeof templateFile !== 'string') return [];
      const file = path.join(folder, templateFile);
      return [{ name: String(stackName), path: String(displayName), file, parameters }];
    },
  );
  return (await Promise.all(sources)).flat();
}

async function readSource({
  name,
  path: constructPath,
  file,
  parameters,
  notes = [],
}: Source): Promise<Template> {
  const folder = path.dirname(path.resolve(file));
  const warnings = [...notes];
  const read = async (from: string, values: TemplateContent): Promise<TemplateContent> => {
    const evaluated = evaluateTemplate(await readContent(from), {
      parameters: values,
      pseudoParameters: pseudoParametersOf(name),
      file: from,
    });
    warnings.push(...evaluated.warnings);
    const folderOf = path.dirname(from);
    const expanded = expandSam(withAssetPaths(evaluated.content, folderOf), folderOf);
    return flattenNestedStacks(expanded, async (id, resource, nestedValues) => {
      const nested = nestedFile(resource, path.dirname(from));
      if (typeof nested === 'string') return read(nested, nestedValues);
      warnings.push(
        `The template of the nested stack ${id} is not on this machine (${nested.location}), so nothing of it is served.`,
      );
      return undefined;
    });
  };
  const content = await read(path.resolve(file), parameters);
  return { name, path: constructPath, file: path.resolve(file), folder, content, warnings };
}

/**
 * Finds the local template of a nested stack: CDK names it in the metadata, SAM and CloudFormation in the properties.
 *
 * @returns its path, absolute, or where it would be
 */
function nestedFile(resource: TemplateContent, folder: string): string | { readonly location: string } {
  const { TemplateURL: url, Location: location } = recordOf(resource.Properties);
  const file = recordOf(resource.Metadata)['aws:asset:path'] ?? url ?? location;
  if (typeof file !== 'string') return { location: JSON.stringify(file) };
  const absolute = path.resolve(folder, file);
  return existsSync(absolute) ? absolute : { location: file };
}

function pseudoParametersOf(stackName: string): Readonly<Record<string, string>> {
  return {
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::Region': region(),
    'AWS::StackId': `arn:aws:cloudformation:${region()}:${account}:stack/${stackName}/local`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
}

async function readContent(file: string): Promise<TemplateContent> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new LabError('failure', `${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
  if (!file.endsWith('.json')) return parseTemplate(text, file);
  try {
    const content: unknown = JSON.parse(text);
    if (isRecord(content) && !Array.isArray(content)) return content;
  } catch (cause) {
    throw new LabError('failure', `${file} is not valid JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
  throw new LabError('failure', `${file} is not a template: it must be an object`);
}
