import { describe, expect, it } from 'vitest';

import { parseTemplate } from '../../src/template/parse-template.ts';

const parse = (text: string) => parseTemplate(text, 'template.yaml');

describe('parsing a template', () => {
  it.each([
    ['!Ref Queue', { Ref: 'Queue' }],
    ['!GetAtt Queue.Arn', { 'Fn::GetAtt': 'Queue.Arn' }],
    ['!GetAtt [Queue, Arn]', { 'Fn::GetAtt': ['Queue', 'Arn'] }],
    ["!Sub '${AWS::StackName}-orders'", { 'Fn::Sub': '${AWS::StackName}-orders' }],
    ['!Sub ["${A}-x", {A: !Ref B}]', { 'Fn::Sub': ['${A}-x', { A: { Ref: 'B' } }] }],
    ["!Join ['', [a, !Ref B]]", { 'Fn::Join': ['', ['a', { Ref: 'B' }]] }],
    ['!If [Prod, {a: 1}, !Ref AWS::NoValue]', { 'Fn::If': ['Prod', { a: 1 }, { Ref: 'AWS::NoValue' }] }],
    ['!FindInMap [M, !Ref A, b]', { 'Fn::FindInMap': ['M', { Ref: 'A' }, 'b'] }],
    ['!Not [!Condition Prod]', { 'Fn::Not': [{ Condition: 'Prod' }] }],
    ['!Transform {Name: AWS::Include}', { 'Fn::Transform': { Name: 'AWS::Include' } }],
  ])('writes out %s', (text, expected) => {
    expect(parse(`Value: ${text}`)).toEqual({ Value: expected });
  });

  it('keeps a version date as text, and merges YAML anchors', () => {
    expect(parse('AWSTemplateFormatVersion: 2010-09-09\nA: &a {x: 1}\nB: {<<: *a, y: 2}')).toEqual({
      AWSTemplateFormatVersion: '2010-09-09',
      A: { x: 1 },
      B: { x: 1, y: 2 },
    });
  });

  it.each([
    [
      'Resources:\n  Queue: [1,\nOther: d\n',
      'template.yaml is not valid YAML: Flow sequence',
      'line 3, column 1',
    ],
    ['A: !Nothing x', 'template.yaml is not valid YAML: Unresolved tag: !Nothing', 'line 1, column 4'],
    ['- a', 'template.yaml is not a template', '"Resources"'],
    ['', 'template.yaml is not a template', '"Resources"'],
  ])('names the error and its line: %j', (text, reason, place) => {
    expect(() => parse(text)).toThrow(reason);
    expect(() => parse(text)).toThrow(place);
  });
});
