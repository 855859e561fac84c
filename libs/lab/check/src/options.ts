export { sections } from './checks/sections.ts';
