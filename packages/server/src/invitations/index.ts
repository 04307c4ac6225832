export { isInvited } from './store.ts';
