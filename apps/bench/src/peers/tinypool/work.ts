export { workOn as default } from '../sqs.ts';
