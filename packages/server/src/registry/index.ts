export { factsFor } from './facts.ts';
export { importRegister, isRegister } from './import-register.ts';
export { addStateIfUnknown, replaceRows } from './store.ts';
export { addConfirmedPlatform, removeConfirmedPlatform, standsInRegister } from './confirmed-platforms.ts';
