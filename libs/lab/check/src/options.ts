export { checkIds } from './checks/check-ids.ts';
export { sourceNames } from './messages/test-message.ts';
export { failLevels } from './report/finding.ts';
