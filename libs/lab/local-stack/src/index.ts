export { checkAssembly } from './assembly/check-assembly.ts';
export { findDefinition } from './assembly/find-definition.ts';
export { type Assembly, findFunction } from './assembly/read-assembly.ts';
export { type SkippedFunction } from './assembly/read-function.ts';
export { givenFolders, withLayers } from './assembly/read-layers.ts';
export type { MappedSource } from './stack/mapped-source.ts';
export type { MappingDefinition } from './stack/mapping-definition.ts';
export { account } from './stack/names.ts';
export { type QueueDefinition } from './stack/queue-definition.ts';
export {
  type SkippedResource,
  type Stack,
  type StackInputs,
  type StacksOfAssembly,
  readAssembly,
  readStacks,
} from './stack/read-stacks.ts';
export { type StreamDefinition, type TableDefinition } from './stack/stream-definition.ts';
export { findInput } from './template/find-input.ts';
export { queueUrl } from './stack/referable.ts';
export { outputParts, type OutputPart } from './output-parts.ts';
