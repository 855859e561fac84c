import { isRecord } from '@parallel-lambda/local-lambda';

import { recordOf } from '../stack/template-resource.ts';
import type { TemplateContent } from './parse-template.ts';

/** Reads the template of a nested stack, evaluated with its parameters. `undefined` if the stack has no local template. */
export type ReadNested = (
  id: string,
  resource: TemplateContent,
  parameters: TemplateContent,
) => Promise<TemplateContent | undefined>;

/**
 * Moves the resources of nested stacks into the template that contains them. Their logical ids get the nested stack's as a
 * prefix, and references follow: a nested stack's parameters may refer to resources of its parent, and its outputs are what the
 * parent refers to.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
 */
export async function flattenNestedStacks(
  template: TemplateContent,
  readNested: ReadNested,
): Promise<TemplateContent> {
  const resources: [string, unknown][] = [];
  const outputs = new Map<string, unknown>();
  for (const [id, resource] of Object.entries(recordOf(template.Resources))) {
    const { Type: type, Properties: properties } = recordOf(resource);
    const isNested = type === 'AWS::CloudFormation::Stack' || type === 'AWS::Serverless::Application';
    const parameters = recordOf(ofParent(recordOf(properties).Parameters));
    const nested = isNested ? await readNested(id, recordOf(resource), parameters) : undefined;
    if (!nested) {
      resources.push([id, resource]);
      continue;
    }
    const ids = new Set(Object.keys(recordOf(nested.Resources)));
    const rename = (value: unknown): unknown => renamed(value, id, ids);
    for (const [own, each] of Object.entries(recordOf(nested.Resources)))
      resources.push([`${id}${own}`, rename(each)]);
    for (const [key, output] of Object.entries(recordOf(nested.Outputs))) {
      outputs.set(`${id}.Outputs.${key}`, rename(recordOf(output).Value));
    }
  }
  if (outputs.size === 0) return { ...template, Resources: Object.fromEntries(resources) };
  return {
    ...template,
    Resources: withOutputs(Object.fromEntries(resources), outputs),
    Outputs: withOutputs(template.Outputs, outputs),
  };
}

/** Marks references to resources of the parent, which may have the same logical ids as those of the nested stack. */
const parentMark = '^';

function ofParent(parameters: unknown): unknown {
  return mapReferences(parameters, (name, argument) => {
    if (name === 'Ref' && typeof argument === 'string') return { Ref: parentMark + argument };
    return name === 'Fn::GetAtt'
      ? { 'Fn::GetAtt': [parentMark + attributeOf(argument).join('.')] }
      : undefined;
  });
}

/** References to the nested stack's own resources get the prefix; those to the parent's lose their mark. */
function renamed(value: unknown, prefix: string, ids: ReadonlySet<string>): unknown {
  return mapReferences(value, (name, argument) => {
    if (name === 'Ref' && typeof argument === 'string') return { Ref: idInParent(argument, prefix, ids) };
    if (name !== 'Fn::GetAtt') return undefined;
    const [resource = '', ...attribute] = attributeOf(argument);
    return { 'Fn::GetAtt': [idInParent(resource, prefix, ids), attribute.join('.')] };
  });
}

function idInParent(id: string, prefix: string, ids: ReadonlySet<string>): string {
  if (id.startsWith(parentMark)) return id.slice(parentMark.length);
  return ids.has(id) ? `${prefix}${id}` : id;
}

/** Replaces references to outputs of nested stacks, whose values may refer to outputs of others. */
function withOutputs(
  value: unknown,
  outputs: ReadonlyMap<string, unknown>,
  before: readonly string[] = [],
): unknown {
  return mapReferences(value, (name, argument) => {
    const key = name === 'Fn::GetAtt' ? attributeOf(argument).join('.') : '';
    return before.includes(key) ? undefined : withOutputs(outputs.get(key), outputs, [...before, key]);
  });
}

function attributeOf(argument: unknown): readonly string[] {
  const parts = typeof argument === 'string' ? argument.split('.') : argument;
  return Array.isArray(parts) ? parts.map(String).flatMap((part) => part.split('.')) : [];
}

/** Replaces each object with one key for which `replace` returns something. */
function mapReferences(value: unknown, replace: (name: string, argument: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => mapReferences(each, replace));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  const replacement = only && entries.length === 1 ? replace(...only) : undefined;
  if (replacement !== undefined) return replacement;
  return Object.fromEntries(entries.map(([key, each]) => [key, mapReferences(each, replace)]));
}
