export { stackNotes } from './display/notes.ts';
export {
  displayListeners,
  jsonDisplay,
  lineDisplay,
  TableDisplay,
  type DisplayOutput,
  type StackDisplay,
} from './display/stack-display.ts';
export { type QueueCounts, queueCounts } from './queue-counts.ts';
export { ServedFunction } from './served-function.ts';
export { type BatchCount, type ServedInvocation } from './served-invocation.ts';
export { StackServer, type Redeployment, type StackServerOptions } from './stack-server.ts';
export { type StackSettings, withSettings } from './stack-settings.ts';
export { redeployOnChange } from './redeploy-on-change.ts';
export { serviceMap, type ServiceLocation, type ServiceMap } from './service-map.ts';
export { OpenedResources } from './opened-resources.ts';
