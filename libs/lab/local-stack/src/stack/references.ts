import { isRecord, region } from '@parallel-lambda/local-lambda';

import { arnOf, type NamedResource } from './names.ts';
import { placeholderOf, referableOf } from './referable.ts';
import { recordOf } from './template-resource.ts';

/** A placeholder for a resource that is not served here. */
export interface Placeholder {
  /** The property that holds it, such as `Environment.Variables.BUCKET`. */
  readonly property: string;
  /** Such as `Bucket (AWS::S3::Bucket)`. */
  readonly of: string;
}

/** A value without references. */
export interface Resolved {
  readonly value: unknown;
  readonly placeholders: readonly Placeholder[];
}

/** Resolves `Fn::ImportValue`. */
export type Import = (name: string) => Resolved | undefined;

/**
 * Replaces the references of a template with their values on this machine. A reference to a resource that is not served here
 * becomes a placeholder.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export class References {
  readonly #resources: ReadonlyMap<string, NamedResource>;
  readonly #import: Import;
  /** Exports that are being resolved: two stacks may import from each other by mistake. */
  readonly #importing = new Set<string>();

  constructor(resources: readonly NamedResource[], importValue: Import) {
    this.#resources = new Map(resources.map((resource) => [resource.logicalId, resource]));
    this.#import = importValue;
  }

  resolve(value: unknown): Resolved {
    const placeholders: Placeholder[] = [];
    const note = (path: readonly string[], of: string): void => {
      placeholders.push({ property: path.join('.'), of });
    };
    return { value: this.#value(value, [], note), placeholders };
  }

  #value(value: unknown, path: readonly string[], note: Note): unknown {
    if (Array.isArray(value))
      return value.map((each, index) => this.#value(each, [...path, String(index)], note));
    if (typeof value === 'string') {
      const dynamic = /\{\{resolve:[^}]*\}\}/.exec(value)?.[0];
      if (dynamic !== undefined) note(path, dynamic);
      return value;
    }
    if (!isRecord(value)) return value;
    const [entry, ...others] = Object.entries(value);
    if (entry && others.length === 0) {
      const [name, argument] = entry;
      if (name === 'Ref') return this.#reference(String(argument), path, note);
      if (name.startsWith('Fn::')) return this.#intrinsic(name, argument, path, note);
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, this.#value(each, [...path, key], note)]),
    );
  }

  #intrinsic(name: string, raw: unknown, path: readonly string[], note: Note): unknown {
    if (name === 'Fn::GetAtt') return this.#attribute(raw, path, note);
    const argument = this.#value(raw, path, note);
    const [first, second] = Array.isArray(argument) ? (argument as readonly unknown[]) : [];
    switch (name) {
      case 'Fn::Join':
        return Array.isArray(second) ? second.map(textOf).join(textOf(first)) : textOf(second);
      case 'Fn::Split':
        return textOf(second).split(textOf(first));
      case 'Fn::Select':
        return Array.isArray(second) ? (second[Number(first)] as unknown) : textOf(second);
      case 'Fn::ToJsonString':
        return JSON.stringify(argument);
      case 'Fn::Base64':
        return Buffer.from(textOf(argument)).toString('base64');
      case 'Fn::GetAZs':
        return ['a', 'b', 'c'].map((zone) => `${region()}${zone}`);
      case 'Fn::ImportValue':
        return this.#imported(textOf(argument), path, note);
      default:
        note(path, name);
        return name;
    }
  }

  #imported(name: string, path: readonly string[], note: Note): unknown {
    if (this.#importing.has(name)) return name;
    this.#importing.add(name);
    const imported = this.#import(name);
    this.#importing.delete(name);
    if (!imported) note(path, `the export ${name}, which is not in a stack here`);
    for (const { of } of imported?.placeholders ?? []) note(path, of);
    return imported ? imported.value : name;
  }

  #reference(id: string, path: readonly string[], note: Note): string {
    const resource = this.#resources.get(id);
    // SAM has references to the alias and the version that it publishes.
    if (!resource && /\.(?:Alias|Version)$/.test(id)) return this.#qualified(id);
    const derived = resource && this.#derived(resource);
    const referable = derived ?? (resource && referableOf(resource));
    if (referable) return referable.ref;
    return this.#placeholder(id, undefined, path, note);
  }

  #attribute(argument: unknown, path: readonly string[], note: Note): string {
    const parts: unknown = typeof argument === 'string' ? argument.split('.') : argument;
    const [id = '', ...attribute] = Array.isArray(parts)
      ? parts.map(textOf).flatMap((part) => part.split('.'))
      : [];
    const name = attribute.join('.');
    const resource = this.#resources.get(id);
    const referable = resource && (this.#derived(resource) ?? referableOf(resource));
    return referable?.attributes[name] ?? this.#placeholder(id, name, path, note);
  }

  /** Value of a reference to a function or a stream. */
  #derived({ type, name, properties }: NamedResource): ReturnType<typeof referableOf> {
    const of = (key: string): string => textOf(this.resolve(properties[key]).value);
    switch (type) {
      case 'AWS::Lambda::Alias': {
        const arn = `${functionArnOf(of('FunctionName'))}:${name}`;
        return { ref: arn, attributes: { AliasArn: arn } };
      }
      case 'AWS::Lambda::Version': {
        const arn = `${functionArnOf(of('FunctionName'))}:1`;
        return { ref: arn, attributes: { FunctionArn: arn, Version: '1' } };
      }
      case 'AWS::Kinesis::StreamConsumer': {
        const arn = `${of('StreamARN')}/consumer/${name}:1`;
        return { ref: arn, attributes: { ConsumerARN: arn, ConsumerName: name, StreamARN: of('StreamARN') } };
      }
      default:
        return undefined;
    }
  }

  #qualified(id: string): string {
    const [logicalId = '', what] = id.split('.');
    const resource = this.#resources.get(logicalId);
    const alias = textOf(resource?.properties.AutoPublishAlias);
    return `${functionArnOf(resource?.name ?? logicalId)}:${what === 'Alias' && alias ? alias : '1'}`;
  }

  #placeholder(id: string, attribute: string | undefined, path: readonly string[], note: Note): string {
    const resource = this.#resources.get(id);
    note(path, resource ? `${id} (${resource.type})` : `${id}, which is not in the template`);
    if (resource) return placeholderOf(resource, attribute);
    return attribute === undefined ? id : `${id}.${attribute}`;
  }
}

type Note = (path: readonly string[], of: string) => void;

function functionArnOf(reference: string): string {
  return reference.startsWith('arn:')
    ? reference.split(':').slice(0, 7).join(':')
    : arnOf('lambda', `function:${reference}`);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** Returns a template's outputs, by key. */
export function outputsOf(
  template: Readonly<Record<string, unknown>>,
  references: References,
): readonly (readonly [key: string, value: Resolved])[] {
  return Object.entries(recordOf(template.Outputs)).map(([key, output]) => [
    key,
    references.resolve(recordOf(output).Value),
  ]);
}

/** Returns what a template exports. Values are resolved when they are imported, since an export may import too. */
export function exportsOf(
  template: Readonly<Record<string, unknown>>,
  references: References,
): readonly { readonly name: string; readonly value: () => Resolved }[] {
  return Object.values(recordOf(template.Outputs)).flatMap((output) => {
    const { Value: value, Export: exported } = recordOf(output);
    const { Name: name } = recordOf(exported);
    if (name === undefined) return [];
    return [{ name: textOf(references.resolve(name).value), value: () => references.resolve(value) }];
  });
}
