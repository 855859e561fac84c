/** Output on a terminal. Apart from the rest, which loads the library of the charts. */
export { counted, milliseconds } from './statistics/units.ts';
export { LiveText, type Terminal } from './terminal/live-text.ts';
export { openProgress, type Progress } from './terminal/progress.ts';
export { sparkline } from './terminal/sparkline.ts';
export { textTable, wrapText } from './terminal/text-table.ts';
