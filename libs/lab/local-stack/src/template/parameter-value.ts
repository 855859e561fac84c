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

/** Says that a parameter has no value. */
export function missingNote(name: string): string {
  return `The parameter ${name} has no default, so its value is "${name}" here. To set it, pass --parameter ${name}=VALUE.`;
}

/** Says that the value of a parameter is in Systems Manager, if it is. */
export function unreadNote(name: string, value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('{{resolve:ssm:')) return undefined;
  return `The parameter ${name} is a value of Systems Manager, which is not read here. To set it, pass --parameter ${name}=VALUE.`;
}
