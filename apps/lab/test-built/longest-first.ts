import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take far longer than all others. */
const longest = ['calibration.test.ts', 'chaos.test.ts'];

const isLongest = ({ moduleId }: TestSpecification): boolean =>
  longest.some((name) => moduleId.endsWith(name));

/** Starts the longest files first, because one that starts last runs alone in the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}
