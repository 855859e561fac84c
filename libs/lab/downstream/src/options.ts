export { parseService } from './service-setting.ts';
