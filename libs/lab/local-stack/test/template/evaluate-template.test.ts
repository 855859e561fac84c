import { describe, expect, it } from 'vitest';

import { evaluateTemplate } from '../../src/template/evaluate-template.ts';

const options = {
  file: 'template.yaml',
  pseudoParameters: { 'AWS::Region': 'eu-west-1', 'AWS::StackName': 'shop' },
};

/** Evaluates a value as the property of a resource. */
function evaluated(
  value: unknown,
  sections: object = {},
  parameters: Readonly<Record<string, unknown>> = {},
): unknown {
  const template = { ...sections, Resources: { R: { Type: 'T', Properties: { value } } } };
  const { content } = evaluateTemplate(template, { ...options, parameters });
  return (content.Resources as { R: { Properties: { value?: unknown } } }).R.Properties.value;
}

const conditions = {
  Parameters: { Stage: { Type: 'String', Default: 'dev' } },
  Conditions: {
    Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    NotProd: { 'Fn::Not': [{ Condition: 'Prod' }] },
    Either: {
      'Fn::Or': [{ Condition: 'Prod' }, { 'Fn::And': [{ Condition: 'NotProd' }, { Condition: 'NotProd' }] }],
    },
  },
};

describe('evaluating a template', () => {
  it.each([
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ Ref: 'Queue' }, { Ref: 'Queue' }],
    [{ 'Fn::Sub': '${AWS::StackName}-orders-${!Literal}' }, 'shop-orders-${Literal}'],
    [{ 'Fn::Sub': 'https://${Queue}/x' }, { 'Fn::Join': ['', ['https://', { Ref: 'Queue' }, '/x']] }],
    [{ 'Fn::Sub': ['${Name}!', { Name: { Ref: 'AWS::StackName' } }] }, 'shop!'],
    [{ 'Fn::Sub': '${Queue.Arn}' }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Queue', 'Arn'] }]] }],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 1]] }, 'a-eu-west-1-1'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['-', { Ref: 'AWS::Region' }] }] }, 'west'],
    [{ 'Fn::Length': ['a', 'b'] }, 2],
    [{ 'Fn::ToJsonString': { a: { Ref: 'AWS::Region' } } }, '{"a":"eu-west-1"}'],
    [['a', { Ref: 'AWS::NoValue' }], ['a']],
    [{ a: { Ref: 'AWS::NoValue' } }, {}],
  ])('resolves %j', (value, expected) => {
    expect(evaluated(value)).toEqual(expected);
  });

  it.each([
    ['dev', 'otherwise', ['NotProd', 'Either']],
    ['prod', 'then', ['Prod', 'Either']],
  ])('decides by conditions at stage %s', (stage, branch, resources) => {
    expect(evaluated({ 'Fn::If': ['Prod', 'then', 'otherwise'] }, conditions, { Stage: stage })).toBe(branch);
    const each = ['Prod', 'NotProd', 'Either'].map((name) => [name, { Type: 'T', Condition: name }]);
    const { content } = evaluateTemplate(
      { ...conditions, Resources: Object.fromEntries(each) },
      { ...options, parameters: { Stage: stage } },
    );
    expect(Object.keys(content.Resources as object)).toEqual(resources);
  });

  it.each([
    [{ Type: 'Number', Default: '5' }, undefined, 5],
    [{ Type: 'Number', Default: 5 }, '7', 7],
    [{ Type: 'CommaDelimitedList', Default: 'a,b' }, undefined, ['a', 'b']],
    [{ Type: 'String', Default: '' }, undefined, ''],
  ])('takes the parameter %j given %j', (declared, given, expected) => {
    expect(evaluated({ Ref: 'P' }, { Parameters: { P: declared } }, { P: given })).toEqual(expected);
  });

  it('warns of a parameter without a value, and takes its name', () => {
    const template = {
      Parameters: { Bucket: { Type: 'String' } },
      Outputs: { O: { Value: { Ref: 'Bucket' } } },
    };
    const { content, warnings } = evaluateTemplate(template, options);
    expect(content.Outputs).toEqual({ O: { Value: 'Bucket' } });
    expect(warnings).toEqual([expect.stringContaining('pass --parameter Bucket=VALUE')]);
  });

  it('selects from a parameter without a value, as templates of CDK 1 do, without a warning for their assets', () => {
    const declared = { Type: 'String' };
    const template = {
      Parameters: { AssetParameters1aVersionKey: declared, Names: declared },
      Outputs: {
        Key: {
          Value: { 'Fn::Select': [1, { 'Fn::Split': ['||', { Ref: 'AssetParameters1aVersionKey' }] }] },
        },
        Name: { Value: { 'Fn::Select': [2, { 'Fn::Split': [',', { Ref: 'Names' }] }] } },
      },
    };
    const { content, warnings } = evaluateTemplate(template, options);
    expect(content.Outputs).toEqual({
      Key: { Value: 'AssetParameters1aVersionKey' },
      Name: { Value: 'Names' },
    });
    expect(warnings).toEqual([expect.stringContaining('The parameter Names has no default')]);
  });

  it('keeps a parameter of Systems Manager as a reference that is noted, unless its value is given', () => {
    const sections = {
      Parameters: { Url: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/url' } },
    };
    expect(evaluated({ Ref: 'Url' }, sections)).toBe('{{resolve:ssm:/shop/url}}');
    expect(evaluated({ Ref: 'Url' }, sections, { Url: 'https://example.com' })).toBe('https://example.com');
    const note =
      'The parameter Url is a value of Systems Manager, which is not read here. To set it, pass --parameter Url=VALUE.';
    const warningsOf = (value: unknown) =>
      evaluateTemplate({ ...sections, Outputs: { Url: { Value: value } } }, options).warnings;
    expect(warningsOf([{ Ref: 'Url' }, { 'Fn::Sub': '${Url}/orders' }])).toEqual([note]);
    expect(warningsOf('nothing')).toEqual([]);
  });

  it('names transforms that are not run, and entries without a type', () => {
    const template = {
      Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', { Name: 'AWS::Include' }, 'Ours'],
      Resources: { 'Fn::Transform': { Name: 'AWS::Include' }, Queue: { Type: 'AWS::SQS::Queue' } },
    };
    expect(evaluateTemplate(template, options).warnings).toEqual([
      'The transform AWS::Include is not run here, so what it changes is missing.',
      'The transform Ours is not run here, so what it changes is missing.',
      'Fn::Transform in Resources has no Type, so it is ignored.',
    ]);
  });

  it('finds values in mappings, or the default', () => {
    const sections = { Mappings: { M: { 'eu-west-1': { memory: 512 } } } };
    expect(evaluated({ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'memory'] }, sections)).toBe(512);
    expect(evaluated({ 'Fn::FindInMap': ['M', 'x', 'y', { DefaultValue: 1 }] }, sections)).toBe(1);
  });

  it.each([
    [{ 'Fn::Nothing': 1 }, 'it uses the unknown intrinsic function Fn::Nothing'],
    [{ 'Fn::If': ['Gone', 1, 2] }, 'it has no condition Gone'],
    [{ 'Fn::If': ['Loop', 1, 2] }, 'its condition Loop refers to itself'],
    [{ 'Fn::FindInMap': ['M', 'a', 'b'] }, 'its mapping M has no entry a, b'],
    [{ 'Fn::Select': [3, ['a']] }, 'Fn::Select has no element 3 in a list of 1'],
  ])('refuses %j in a sentence', (value, reason) => {
    const sections = { Conditions: { Loop: { 'Fn::Not': [{ Condition: 'Loop' }] } } };
    expect(() => evaluated(value, sections)).toThrow(`template.yaml cannot be evaluated: ${reason}`);
  });
});
