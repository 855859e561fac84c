export { planCapacity, type CapacityOptions, type CapacityPlan } from './plan-capacity.ts';
export { planJson } from './report/plan-json.ts';
export { planPage } from './report/plan-page.ts';
export { planText } from './report/plan-text.ts';
export { readArrivals, readMeasured } from './read-inputs.ts';
