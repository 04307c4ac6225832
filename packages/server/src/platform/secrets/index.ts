export { openWhole, sealWhole } from './keyring.ts';
export { masked, maskPersonal, personalValuesOf } from './mask.ts';
export { type MasterKey, masterKey, openMasterKey } from './master-key.ts';
export { ownerOf } from './owners.ts';
export { openPersonal, sealPersonal, sealValue } from './personal-values.ts';
export { rotateKeys } from './rotate.ts';
export { rewrapDataKeys } from './store.ts';
export { keysOf, withSecrets } from './with-secrets.ts';
export { withoutPersonalNumbers } from './without-personal-numbers.ts';
