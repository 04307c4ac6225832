export { keepLog } from './keep-log.ts';
