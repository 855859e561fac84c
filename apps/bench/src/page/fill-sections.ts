import { LabError } from '@parallel-lambda/local-lambda';

/** A part of a page that is generated. */
const section = /(<!-- generated: ([a-z-]+) -->\n)[^]*?(<!-- end -->)/g;

/**
 * Fills in the generated parts of a page, and leaves its other text.
 *
 * @throws {LabError} `failure`, if the page has an unknown part
 */
export function fillSections(page: string, contentOf: (name: string) => string | undefined): string {
  return page.replaceAll(section, (_, begin: string, name: string, end: string) => {
    const content = contentOf(name);
    if (content === undefined) throw new LabError('failure', `The page has an unknown part: ${name}`);
    return `${begin}\n${content}\n\n${end}`;
  });
}
