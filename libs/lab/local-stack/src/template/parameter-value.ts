/**
 * Returns the value of a parameter as its type.
 *
 * @param type such as `Number` or `AWS::SSM::Parameter::Value<String>`
 * @param isDefault true if the value is the default of the template
 */
export function parameterValue(type: string, value: unknown, isDefault: boolean): unknown {
  if (typeof value !== 'string') return value;
  // Its value is the name of a parameter of Systems Manager, which is not read.
  if (type.startsWith('AWS::SSM::Parameter::Value') && isDefault) return `{{resolve:ssm:${value}}}`;
  if (type === 'Number') return Number(value);
  return type.includes('List') ? value.split(',') : value;
}
