import { expect, it } from 'vitest';

import { evaluateTemplate } from '../../src/template/evaluate-template.ts';

const options = { file: 'template.yaml', pseudoParameters: { 'AWS::Region': 'eu-west-1' } };

/** The resources of a template that uses loops. */
function resources(section: object, others: object = {}): unknown {
  const template = { Transform: 'AWS::LanguageExtensions', ...others, Resources: section };
  return evaluateTemplate(template, options).content.Resources;
}

const queueNamed = (name: unknown) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name } });

it('a loop adds its body for each item, in keys and values', () => {
  const body = {
    'Queue${Name}': queueNamed({ 'Fn::Sub': '${Name}-${AWS::Region}' }),
    'Own${Name}': queueNamed({ Ref: 'Name' }),
  };
  expect(resources({ 'Fn::ForEach::Queues': ['Name', ['A', 'B'], body], Last: queueNamed('last') })).toEqual({
    QueueA: queueNamed('A-eu-west-1'),
    OwnA: queueNamed('A'),
    QueueB: queueNamed('B-eu-west-1'),
    OwnB: queueNamed('B'),
    Last: queueNamed('last'),
  });
});

it('the items come from a parameter or a mapping', () => {
  const sections = {
    Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'A,B' } },
    Mappings: { Zones: { 'eu-west-1': { list: ['C'] } } },
  };
  const loop = (items: unknown) => ['N', items, { 'Q${N}': queueNamed('q-${N}') }];
  expect(
    resources(
      {
        'Fn::ForEach::One': loop({ Ref: 'Names' }),
        'Fn::ForEach::Two': loop({ 'Fn::FindInMap': ['Zones', { Ref: 'AWS::Region' }, 'list'] }),
      },
      sections,
    ),
  ).toEqual({ QA: queueNamed('q-A'), QB: queueNamed('q-B'), QC: queueNamed('q-C') });
});

it('loops are nested, stand within properties, and take special characters out of keys', () => {
  const inner = { 'Fn::ForEach::Inner': ['Size', ['x'], { 'Q&{Host}${Size}': queueNamed('${Host}') }] };
  const tagged = {
    Type: 'T',
    Properties: { 'Fn::ForEach::Tags': ['K', ['a', 'b'], { '${K}': 'tag-${K}' }] },
  };
  expect(resources({ 'Fn::ForEach::Outer': ['Host', ['a.b', 'c-d'], inner], Tagged: tagged })).toEqual({
    Qabx: queueNamed('a.b'),
    Qcdx: queueNamed('c-d'),
    Tagged: { Type: 'T', Properties: { a: 'tag-a', b: 'tag-b' } },
  });
});

it('a loop over values of a deployment is refused in a sentence', () => {
  expect(() => resources({ 'Fn::ForEach::Q': ['N', { 'Fn::GetAtt': ['R', 'Names'] }, {}] })).toThrow(
    'template.yaml cannot be evaluated: the items of Fn::ForEach::Q must be a list that is known before deployment.',
  );
});
