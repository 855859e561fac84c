import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { isRecord } from '@parallel-lambda/local-lambda';

import { recordOf } from '../stack/template-resource.ts';
import type { TemplateContent } from './parse-template.ts';

const metadataKey = 'aws:asset:path';

/** The property that names the asset of a resource by its key in S3, by type. */
const assetProperties: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Lambda::Function': 'Code',
  'AWS::Lambda::LayerVersion': 'Content',
};

/**
 * Adds the paths of assets to the metadata of resources, where the CLI of CDK writes them. An app that was synthesized
 * without the CLI has them only in its asset manifests, by their keys in S3.
 *
 * @param folder of the template, absolute
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema.AssetManifest.html
 */
export function withAssetPaths(template: TemplateContent, folder: string): TemplateContent {
  const paths = manifestPaths(folder);
  if (paths.size === 0) return template;
  const resources = Object.entries(recordOf(template.Resources)).map(([id, given]): [string, unknown] => {
    const resource = recordOf(given);
    const metadata = recordOf(resource.Metadata);
    const property = recordOf(resource.Properties)[assetProperties[String(resource.Type)] ?? ''];
    if (property === undefined || metadata[metadataKey] !== undefined) return [id, given];
    // The key may be a part of a URL that is joined.
    const text = JSON.stringify(property);
    const key = [...paths.keys()].find((each) => text.includes(each));
    const asset = key === undefined ? undefined : paths.get(key);
    if (asset === undefined) return [id, given];
    return [id, { ...resource, Metadata: { ...metadata, [metadataKey]: asset } }];
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

/** The paths of the assets of a folder, relative to it, by their keys in S3. */
function manifestPaths(folder: string): ReadonlyMap<string, string> {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const files = names
    .filter((name) => name.endsWith('.assets.json'))
    .map((name): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8')))
    .flatMap((manifest) => Object.values(recordOf(recordOf(manifest).files)));
  const entries = files.flatMap((file) => {
    const { source, destinations } = recordOf(file);
    const { path: asset } = recordOf(source);
    if (typeof asset !== 'string') return [];
    return Object.values(recordOf(destinations)).flatMap((destination): [string, string][] =>
      isRecord(destination) && typeof destination.objectKey === 'string'
        ? [[destination.objectKey, asset]]
        : [],
    );
  });
  return new Map(entries);
}
