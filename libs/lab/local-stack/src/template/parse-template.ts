import { isRecord, LabError } from '@parallel-lambda/local-lambda';
import { Pair, parseDocument, Scalar, YAMLMap, type CollectionTag, type ScalarTag } from 'yaml';

/** A CloudFormation template as data: short forms such as `!Ref` are written out. */
export type TemplateContent = Readonly<Record<string, unknown>>;

/** Intrinsic functions with a short form. */
const intrinsics = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetAtt',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
] as const;

/**
 * Parses a template in YAML or JSON.
 *
 * @param text of the template
 * @param file the name of the file, for error messages
 * @throws {LabError} `failure`, if the text is not YAML (with line and column) or not an object
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function parseTemplate(text: string, file: string): TemplateContent {
  const document = parseDocument(text, { customTags, merge: true, prettyErrors: true });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw new LabError('failure', `${file} is not valid YAML: ${firstLine(problem.message)}`);
  const content: unknown = document.toJS();
  if (isRecord(content)) return content;
  throw new LabError('failure', `${file} is not a template: it must be an object with "Resources"`);
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/:$/, '') ?? message;
}

const names = [
  { tag: '!Ref', key: 'Ref' },
  { tag: '!Condition', key: 'Condition' },
  ...intrinsics.map((name) => ({ tag: `!${name}`, key: `Fn::${name}` })),
];

/** Each tag on a scalar, a list and a map: the tagged value becomes the only value of a map. */
const customTags: (ScalarTag | CollectionTag)[] = names.flatMap(({ tag, key }) => [
  { tag, resolve: (value: string) => ({ [key]: value }) },
  ...(['seq', 'map'] as const).map((collection): CollectionTag => ({
    tag,
    collection,
    resolve: (node) => mapOf(key, node),
  })),
]);

function mapOf(key: string, value: unknown): YAMLMap {
  const map = new YAMLMap();
  map.items.push(new Pair(new Scalar(key), value));
  return map;
}
