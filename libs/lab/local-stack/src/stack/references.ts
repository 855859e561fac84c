import { isRecord, region } from '@parallel-lambda/local-lambda';
import { account } from './names.ts';

/** What a reference to a resource stands for. */
export interface Referable {
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives, by attribute. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Puts in the place of a template's references what they stand for on this machine. */
export class References {
  readonly #resources: ReadonlyMap<string, Referable>;

  /** @param resources by logical id */
  constructor(resources: ReadonlyMap<string, Referable>) {
    const pseudo = { 'AWS::AccountId': account, 'AWS::Region': region(), 'AWS::Partition': 'aws' };
    const parameters = Object.entries({ ...pseudo, 'AWS::URLSuffix': 'amazonaws.com' });
    this.#resources = new Map([
      ...parameters.map(([name, ref]): [string, Referable] => [name, { ref, attributes: {} }]),
      ...resources,
    ]);
  }

  /**
   * @param value as the template has it: a text, or `Ref`, `Fn::GetAtt`, `Fn::Join`, `Fn::Sub` of texts
   * @returns nothing when it refers to what is not served, or is no text in the end
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
   */
  text(value: unknown): string | undefined {
    if (typeof value === 'string') return value;
    if (!isRecord(value)) return undefined;
    const [entry, ...more] = Object.entries(value);
    if (!entry || more.length > 0) return undefined;
    const [intrinsic, argument] = entry;
    switch (intrinsic) {
      case 'Ref':
        return typeof argument === 'string' ? this.#resources.get(argument)?.ref : undefined;
      case 'Fn::GetAtt':
        return this.#attribute(argument);
      case 'Fn::Join':
        return this.#join(argument);
      case 'Fn::Sub':
        return typeof argument === 'string' ? this.#substitute(argument) : undefined;
      default:
        return undefined;
    }
  }

  #attribute(argument: unknown): string | undefined {
    const parts: unknown = typeof argument === 'string' ? argument.split('.') : argument;
    if (!Array.isArray(parts)) return undefined;
    const [logicalId, ...attribute] = parts as readonly unknown[];
    return typeof logicalId === 'string'
      ? this.#resources.get(logicalId)?.attributes[attribute.join('.')]
      : undefined;
  }

  #join(argument: unknown): string | undefined {
    if (!Array.isArray(argument)) return undefined;
    const [delimiter, parts] = argument as readonly unknown[];
    if (typeof delimiter !== 'string' || !Array.isArray(parts)) return undefined;
    const texts = parts.map((part) => this.text(part));
    return texts.includes(undefined) ? undefined : texts.join(delimiter);
  }

  #substitute(template: string): string | undefined {
    const reference = /\$\{([^!][^}]*)\}/g;
    const valueOf = (name: string) =>
      name.includes('.') ? this.#attribute(name) : this.#resources.get(name)?.ref;
    const names = [...template.matchAll(reference)].map(([, name = '']) => name);
    if (names.some((name) => valueOf(name) === undefined)) return undefined;
    return template.replaceAll(reference, (_, name: string) => valueOf(name) ?? '');
  }
}
