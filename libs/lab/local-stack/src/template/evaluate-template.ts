import { isRecord, LabError } from '@parallel-lambda/local-lambda';

import { recordOf } from '../stack/template-resource.ts';
import { expandLoops } from './expand-loops.ts';
import { ignoredParts } from './ignored-parts.ts';
import { join, listOf, refers, split } from './intrinsic-values.ts';
import { missingNote, parameterValue, unreadNote } from './parameter-value.ts';
import type { TemplateContent } from './parse-template.ts';

/** Options for `evaluateTemplate`. */
export interface EvaluateOptions {
  /** Values of the template's parameters, by name. @default each parameter's default */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Values of pseudo parameters such as `AWS::Region`, by name. */
  readonly pseudoParameters: Readonly<Record<string, string>>;
  /** The file that the template is in, for error messages. */
  readonly file: string;
}

/** A template without parameters, conditions and mappings. */
export interface EvaluatedTemplate {
  readonly content: TemplateContent;
  /** Sentences for the user, such as that a parameter has no value. */
  readonly warnings: readonly string[];
}

/** Marks a value that the template removes by `AWS::NoValue`. */
const noValue = Symbol('AWS::NoValue');

/** Intrinsic functions whose result depends on resources: they stay in the template. */
const deferred = ['Fn::GetAtt', 'Fn::ImportValue', 'Fn::GetAZs', 'Fn::Cidr', 'Fn::Transform', 'Fn::Base64'];

/**
 * Evaluates the static parts of a template: parameters, conditions and mappings, and the functions of them. References
 * to resources stay.
 *
 * @throws {LabError} `failure`, if conditions refer to each other in a cycle, a function is unknown, or something
 * is referred to that the template does not define
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function evaluateTemplate(template: TemplateContent, options: EvaluateOptions): EvaluatedTemplate {
  const evaluation = new Evaluation(template, options);
  return { content: evaluation.template(), warnings: evaluation.warnings };
}

class Evaluation {
  readonly warnings: string[] = [];
  #template: TemplateContent;
  readonly #file: string;
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #conditions = new Map<string, boolean | 'evaluating'>();

  constructor(template: TemplateContent, { parameters = {}, pseudoParameters, file }: EvaluateOptions) {
    this.#file = file;
    this.#values = new Map([
      ...Object.entries(pseudoParameters),
      ['AWS::NoValue', noValue],
      ...Object.entries(recordOf(template.Parameters)).map(([name, declared]): [string, unknown] => [
        name,
        this.#parameter(name, recordOf(declared), parameters[name]),
      ]),
    ]);
    // The items of a loop may be in a parameter or a mapping.
    this.#template = template;
    this.#template = recordOf(expandLoops(template, (loop, items) => this.#items(loop, this.#value(items))));
  }

  template(): TemplateContent {
    const { Globals, Resources, Outputs, Transform } = this.#template;
    this.warnings.push(...ignoredParts(Transform, recordOf(Resources)));
    return {
      ...this.#template,
      Globals: this.#value(Globals),
      Resources: this.#section(Resources),
      Outputs: this.#section(Outputs),
    };
  }

  #items(loop: string, items: unknown): readonly string[] {
    if (Array.isArray(items) && !refers(items)) return items.map(String);
    throw this.#error(`the items of ${loop} must be a list that is known before deployment`);
  }

  /** The entries whose condition holds. */
  #section(section: unknown): TemplateContent {
    const entries = Object.entries(recordOf(section)).filter(([, entry]) => {
      const { Condition: condition } = recordOf(entry);
      return typeof condition !== 'string' || this.#condition(condition);
    });
    return Object.fromEntries(entries.map(([name, entry]) => [name, this.#value(entry)]));
  }

  #parameter(name: string, declared: TemplateContent, given: unknown): unknown {
    const value = given ?? declared.Default;
    if (value === undefined) {
      // The CLI of CDK 1 sets those of its assets.
      if (!name.startsWith('AssetParameters')) this.warnings.push(missingNote(name));
      return name;
    }
    return parameterValue(String(declared.Type), value, given === undefined);
  }

  #value(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((element) => this.#value(element)).filter((element) => element !== noValue);
    }
    if (!isRecord(value)) return value;
    const [entry, ...others] = Object.entries(value);
    if (entry && others.length === 0) {
      const [name, argument] = entry;
      if (name === 'Ref') return this.#reference(argument);
      if (
        name === 'Condition' &&
        typeof argument === 'string' &&
        argument in recordOf(this.#template.Conditions)
      ) {
        return this.#condition(argument);
      }
      if (name.startsWith('Fn::')) return this.#intrinsic(name, argument);
    }
    const evaluated = Object.entries(value).map(([key, each]): [string, unknown] => [key, this.#value(each)]);
    return Object.fromEntries(evaluated.filter(([, each]) => each !== noValue));
  }

  #reference(name: unknown): unknown {
    if (typeof name !== 'string' || !this.#values.has(name)) return { Ref: name };
    const value = this.#values.get(name);
    const note = unreadNote(name, value);
    // Every template of CDK has a parameter of Systems Manager that nothing refers to.
    if (note !== undefined && !this.warnings.includes(note)) this.warnings.push(note);
    return value;
  }

  #intrinsic(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Fn::If':
        return this.#if(argument);
      case 'Fn::Sub':
        return this.#substitute(argument);
      case 'Fn::FindInMap':
        return this.#findInMap(argument);
      case 'Fn::Select':
        return this.#select(this.#value(argument));
      case 'Fn::Split':
        return split(this.#value(argument));
      case 'Fn::Join':
        return join(this.#value(argument));
      case 'Fn::Length': {
        const list = this.#value(argument);
        return Array.isArray(list) ? list.length : { [name]: list };
      }
      case 'Fn::ToJsonString': {
        const value = this.#value(argument);
        return refers(value) ? { [name]: value } : JSON.stringify(value);
      }
      case 'Fn::Equals':
      case 'Fn::And':
      case 'Fn::Or':
      case 'Fn::Not':
        return this.#test({ [name]: argument });
      default:
        if (deferred.includes(name)) return { [name]: this.#value(argument) };
        throw this.#error(`it uses the unknown intrinsic function ${name}`);
    }
  }

  #if(argument: unknown): unknown {
    const [condition, then, otherwise] = listOf(argument);
    return this.#value(this.#condition(String(condition)) ? then : otherwise);
  }

  #condition(name: string): boolean {
    const known = this.#conditions.get(name);
    if (known === 'evaluating') throw this.#error(`its condition ${name} refers to itself`);
    if (known !== undefined) return known;
    const declared = recordOf(this.#template.Conditions);
    if (!(name in declared)) throw this.#error(`it has no condition ${name}`);
    this.#conditions.set(name, 'evaluating');
    const result = this.#test(declared[name]);
    this.#conditions.set(name, result);
    return result;
  }

  #test(condition: unknown): boolean {
    const [name = '', argument] = Object.entries(recordOf(condition))[0] ?? [];
    switch (name) {
      case 'Condition':
        return this.#condition(String(argument));
      case 'Fn::Equals': {
        const [one, other] = listOf(argument).map((each) => JSON.stringify(this.#value(each)));
        return one === other;
      }
      case 'Fn::And':
        return listOf(argument).every((each) => this.#test(each));
      case 'Fn::Or':
        return listOf(argument).some((each) => this.#test(each));
      case 'Fn::Not':
        return !this.#test(listOf(argument)[0]);
      default:
        throw this.#error(
          `a condition must be Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition, not ${name || JSON.stringify(condition)}`,
        );
    }
  }

  /** Makes the value of a map or a variable a part of a `Fn::Join`, so that references to resources stay. */
  #substitute(argument: unknown): unknown {
    const [text, variables = {}] = typeof argument === 'string' ? [argument] : listOf(argument);
    const own = recordOf(variables);
    const parts = String(text)
      .split(/(\$\{[^!][^}]*\})/)
      .map((part) => {
        const name = /^\$\{(.*)\}$/.exec(part)?.[1]?.trim();
        if (name === undefined) return part.replaceAll('${!', '${');
        if (name in own) return this.#value(own[name]);
        const [resource = '', ...attribute] = name.split('.');
        return attribute.length > 0
          ? { 'Fn::GetAtt': [resource, attribute.join('.')] }
          : this.#reference(name);
      });
    return join(['', parts.filter((part) => part !== '')]);
  }

  #findInMap(argument: unknown): unknown {
    const [map, top, second, fallback] = listOf(argument).map((each) => this.#value(each));
    const found = recordOf(recordOf(recordOf(this.#template.Mappings)[String(map)])[String(top)])[
      String(second)
    ];
    if (found !== undefined) return found;
    const { DefaultValue: other } = recordOf(fallback);
    if (other !== undefined) return other;
    throw this.#error(`its mapping ${String(map)} has no entry ${String(top)}, ${String(second)}`);
  }

  #select(argument: unknown): unknown {
    const [index, list] = listOf(argument);
    if (!Array.isArray(list)) return { 'Fn::Select': argument };
    const selected: unknown = list[Number(index)];
    // A parameter without a value cannot be split into a list.
    if (selected === undefined && list.some((each) => this.#values.get(String(each)) === each))
      return list[0];
    if (selected === undefined)
      throw this.#error(`Fn::Select has no element ${String(index)} in a list of ${list.length}`);
    return selected;
  }

  #error(reason: string): LabError {
    return new LabError('failure', `${this.#file} cannot be evaluated: ${reason}.`);
  }
}
