/** Elements of JUnit XML as Jenkins's schema has them: where each may be, and its attributes. */
const elements: Readonly<
  Record<string, { readonly parent: string | undefined; readonly attributes: string }>
> = {
  testsuites: { parent: undefined, attributes: 'name time tests failures disabled errors' },
  testsuite: {
    parent: 'testsuites',
    attributes: 'name tests failures errors time disabled skipped timestamp hostname id package',
  },
  testcase: { parent: 'testsuite', attributes: 'name assertions time classname status' },
  failure: { parent: 'testcase', attributes: 'type message' },
  error: { parent: 'testcase', attributes: 'type message' },
  skipped: { parent: 'testcase', attributes: 'type message' },
};

/** Returns what in a text is not JUnit XML. */
export function junitErrors(text: string): readonly string[] {
  const [declaration, ...lines] = text.split('\n');
  const errors = declaration === '<?xml version="1.0" encoding="UTF-8"?>' ? [] : ['no declaration'];
  const open: string[] = [];
  const rest = lines
    .join('\n')
    .replaceAll(/<(\/?)(\w+)((?: [\w-]+="[^"<]*")*)(\/?)>/g, (...match: string[]) => {
      const [, end = '', name = '', attributes = '', empty = ''] = match;
      if (end !== '') {
        if (open.pop() !== name) errors.push(`</${name}> ends nothing`);
        return '';
      }
      const element = elements[name];
      if (element?.parent !== open.at(-1)) errors.push(`<${name}> in <${open.at(-1) ?? ''}>`);
      for (const [, attribute = ''] of attributes.matchAll(/ ([\w-]+)=/g)) {
        if (!element?.attributes.split(' ').includes(attribute)) errors.push(`${attribute} of <${name}>`);
      }
      if (empty === '') open.push(name);
      return '';
    });
  errors.push(...open.map((name) => `<${name}> has no end`));
  const unescaped = /[<>]|&(?!(?:amp|lt|gt|quot);)/.exec(rest);
  return unescaped ? [...errors, `unescaped: ${rest.slice(unescaped.index)}`] : errors;
}
