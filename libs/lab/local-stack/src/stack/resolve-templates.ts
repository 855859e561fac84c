import type { Template } from '../template/read-templates.ts';
import { checkCycles } from './check-cycles.ts';
import { checkNames } from './check-names.ts';
import { nameResources, type NamedResource } from './names.ts';
import {
  exportsOf,
  outputsOf,
  References,
  type Import,
  type Placeholder,
  type Resolved,
} from './references.ts';
import { recordOf, resourcesOf } from './template-resource.ts';

/** A resource whose properties have no unresolved references. */
export interface ResolvedResource extends NamedResource {
  /** Placeholders for resources that are not served here. */
  readonly placeholders: readonly Placeholder[];
}

/** A template without references. */
export interface ResolvedTemplate {
  /** The name of the stack. */
  readonly name: string;
  /** The folder that paths of assets are relative to, absolute. */
  readonly folder: string;
  readonly resources: readonly ResolvedResource[];
  /** Those whose values are known here, by key. The URLs of queues are AWS's. */
  readonly outputs: ReadonlyMap<string, string>;
  /** Sentences for the user. */
  readonly warnings: readonly string[];
}

/**
 * Names the resources of templates and replaces the references among them, exports of other templates included.
 *
 * @throws {LabError} `failure`, if resources of a template refer to each other in a cycle, or have the same name
 */
export function resolveTemplates(templates: readonly Template[]): readonly ResolvedTemplate[] {
  const unnamed = templates.map(({ content, ...template }) => ({
    ...template,
    resources: resourcesOf(content),
  }));
  for (const { file, content } of templates) checkCycles(file, content);
  for (const { file, resources } of unnamed) checkNames(file, resources);
  const named = nameResources(unnamed);
  const exports = new Map<string, () => Resolved>();
  const importValue: Import = (name) => exports.get(name)?.();
  const references = named.map((resources) => new References(resources, importValue));
  templates.forEach(({ content }, index) => {
    const own = references[index];
    for (const { name, value } of own ? exportsOf(content, own) : []) exports.set(name, value);
  });
  return templates.map(({ name, folder, content, warnings }, index) => {
    const own = references[index] ?? new References([], importValue);
    const resources = (named[index] ?? []).map((resource): ResolvedResource => {
      const { value, placeholders } = own.resolve(resource.properties);
      return { ...resource, properties: recordOf(value), placeholders };
    });
    const outputs = outputsOf(content, own).flatMap(([key, { value, placeholders }]): [string, string][] =>
      typeof value === 'string' && placeholders.length === 0 ? [[key, value]] : [],
    );
    return { name, folder, resources, outputs: new Map(outputs), warnings };
  });
}
