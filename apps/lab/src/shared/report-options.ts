import { readFileSync } from 'node:fs';

import { PriceError, readPriceList, type PriceList } from '@parallel-lambda/report';
import { Option } from 'commander';

/** The options that say where a report goes, and what it counts with. */
export function reportOptions(html: string): readonly Option[] {
  return [
    new Option('--html <file>', 'where the report goes').default(html),
    new Option('--no-open', 'do not show the report in the browser'),
    new Option('--prices <file>', 'a list of prices of your own, as libs/lab/report/prices.json').argParser(
      prices,
    ),
  ];
}

/** @throws {PriceError} when the file cannot be read, or is no list of prices */
function prices(file: string): PriceList {
  try {
    return readPriceList(readFileSync(file, 'utf8'), file);
  } catch (cause) {
    if (cause instanceof PriceError) throw cause;
    throw new PriceError(`${file} cannot be read: ${(cause as Error).message}`);
  }
}
