import { isRecord } from '@parallel-lambda/local-lambda';

/** A resource of a template. */
export interface TemplateResource {
  /** Its key in the template's resources. */
  readonly logicalId: string;
  /** Such as `AWS::SQS::Queue`. */
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** The path of its construct, such as `ParallelLambda/promises/Queue/Resource`, where CDK wrote it. */
  readonly constructPath?: string;
}

/** The resources of a template, in its order; what is no resource is left out. */
export function resourcesOf(template: Readonly<Record<string, unknown>>): readonly TemplateResource[] {
  return Object.entries(template.Resources ?? {}).flatMap(([logicalId, resource]: [string, unknown]) => {
    if (!isRecord(resource) || typeof resource.Type !== 'string') return [];
    const constructPath = recordOf(resource.Metadata)['aws:cdk:path'];
    const properties = recordOf(resource.Properties);
    const known = typeof constructPath === 'string' && { constructPath };
    return [{ logicalId, type: resource.Type, properties, ...known }];
  });
}

/** The value where it is an object, and an empty one where it is not. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
