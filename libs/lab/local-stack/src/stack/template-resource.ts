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
  /** The folder or file of its asset, relative to the template's folder or absolute. */
  readonly assetPath?: string;
}

/** Returns the resources of a template, in its order. Entries that are not resources are left out. */
export function resourcesOf(template: Readonly<Record<string, unknown>>): readonly TemplateResource[] {
  return Object.entries(template.Resources ?? {}).flatMap(([logicalId, resource]: [string, unknown]) => {
    if (!isRecord(resource) || typeof resource.Type !== 'string') return [];
    const metadata = recordOf(resource.Metadata);
    const [constructPath, assetPath] = [metadata['aws:cdk:path'], metadata['aws:asset:path']];
    return [
      {
        logicalId,
        type: resource.Type,
        properties: recordOf(resource.Properties),
        ...(typeof constructPath === 'string' && { constructPath }),
        ...(typeof assetPath === 'string' && { assetPath }),
      },
    ];
  });
}

/** The value where it is an object, and an empty one where it is not. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
