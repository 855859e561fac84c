import { Option } from 'commander';

/** The options that say where a report goes. */
export function reportOptions(html: string): readonly Option[] {
  return [
    new Option('--html <file>', 'where the report goes').default(html),
    new Option('--no-open', 'do not show the report in the browser'),
  ];
}
