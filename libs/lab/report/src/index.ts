export { analyseSeries, type Failures, type SeriesFigures } from './analysis/analyse-series.ts';
export { advise, type Advice } from './analysis/advise.ts';
export { adviceSentences } from './analysis/advice-sentences.ts';
export { settingText, workersText } from './analysis/setting-text.ts';
export { analyseWorkloads, type Group, type Row } from './analysis/analyse-workloads.ts';
export { conditions, meaning } from './analysis/meaning.ts';
export { noiseSentence } from './analysis/noise-sentence.ts';
export { rank, type Ranking } from './analysis/rank.ts';
export { costOfMillionMessages, type CostInput } from './cost-of-million-messages.ts';
export {
  format,
  baselineVariant,
  type Machine,
  type Measurements,
  type Noise,
  type Sample,
  type Series,
  type Setting,
  type Timeline,
  type TimelineSpan,
  type SourceName,
  type Workload,
} from './measurements/measurements.ts';
export { readMeasurements } from './measurements/read-measurements.ts';
export { missingSentences } from './pictures/missing-sentences.ts';
export { coursePlot, type CourseSeries } from './drawing/course-plot.ts';
export { dotPlot } from './drawing/dot-plot.ts';
export { linePlot } from './drawing/line-plot.ts';
export { variantStyle, baselineStyle } from './drawing/variant-style.ts';
export { pictureFile, writePictures } from './page/picture-file.ts';
export { picturePage } from './page/picture-page.ts';
export { reportPage } from './page/report-page.ts';
export type { Picture } from './pictures/picture.ts';
export { picturesOf } from './pictures/pictures-of.ts';
export { priceList, pricesOf, type Architecture, type PriceList, type Prices } from './prices-of.ts';
export { confidence, type Interval } from './statistics/bootstrap.ts';
export { compareMedians, type Ratio } from './statistics/compare-medians.ts';
export { estimate, uncertainty, type Estimate } from './statistics/estimate.ts';
export { digits, significant } from './statistics/figure-text.ts';
export { spreadOf, type Spread } from './statistics/spread.ts';
export { counted, dollars, durationText, figureText, milliseconds } from './statistics/units.ts';
export { failureSentences, table } from './terminal/table.ts';
export { findingsText, type Findings } from './terminal/findings-text.ts';
export { settingsTable } from './terminal/settings-table.ts';
