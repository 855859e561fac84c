import { LabError } from '@parallel-lambda/local-lambda';

import { nameProperties } from './names.ts';
import type { TemplateResource } from './template-resource.ts';

/**
 * Checks that no two resources of a template have the same type and name, as CloudFormation does.
 *
 * @param file of the template, for the message
 * @throws {LabError} `failure`, with the resources of the first such name
 */
export function checkNames(file: string, resources: readonly TemplateResource[]): void {
  const first = new Map<string, string>();
  for (const { logicalId, type, properties } of resources) {
    const property = regional.includes(type) ? (nameProperties[type] ?? '') : '';
    const name = properties[property];
    if (typeof name !== 'string') continue;
    const key = `${type} ${name}`;
    const other = first.get(key);
    if (other !== undefined) {
      throw new LabError(
        'failure',
        `${file} cannot be deployed: ${other} and ${logicalId} have the same ${property}, ${name}. Give each a different one.`,
      );
    }
    first.set(key, logicalId);
  }
}

/** Types whose names are unique in a region. Aliases of different functions may have the same name. */
const regional = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Kinesis::Stream',
  'AWS::Lambda::Function',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
];
