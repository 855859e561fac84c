import { recordOf } from '../stack/template-resource.ts';
import type { TemplateContent } from './parse-template.ts';

/** Transforms whose result is known here. */
const knownTransforms = ['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions'];

/** Returns a sentence for each transform that is not run, and each entry that is not a resource. */
export function ignoredParts(transform: unknown, resources: TemplateContent): readonly string[] {
  const transforms = [transform ?? []]
    .flat()
    .map((each: unknown) => (typeof each === 'string' ? each : String(recordOf(each).Name)));
  return [
    ...transforms
      .filter((name) => !knownTransforms.includes(name))
      .map((name) => `The transform ${name} is not run here, so what it changes is missing.`),
    ...Object.entries(resources)
      .filter(([, resource]) => typeof recordOf(resource).Type !== 'string')
      .map(([name]) => `${name} in Resources has no Type, so it is ignored.`),
  ];
}
