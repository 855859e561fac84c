import type { Measurements } from '../measurements/measurements.ts';
import type { Prices } from '../prices-of.ts';
import { coldStartPicture } from './cold-start-picture.ts';
import { comparisonPictures } from './comparison-pictures.ts';
import type { Picture } from './picture.ts';
import { timelinePicture } from './timeline-picture.ts';
import { tuningPictures } from './tuning-pictures.ts';

/** All pictures that can be drawn of some measurements, in the order of a report. */
export function picturesOf(measurements: Measurements, prices: Prices): readonly Picture[] {
  return [
    timelinePicture(measurements),
    ...comparisonPictures(measurements, prices),
    ...tuningPictures(measurements, prices),
    coldStartPicture(measurements, prices),
  ].filter((picture) => picture !== undefined);
}
