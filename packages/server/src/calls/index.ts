export { type LibraryCall, type LibraryFault, loadLibrary, readFolder, readForms } from './library.ts';
export { openLiveRound, openRehearsals, publishLibrary } from './publish.ts';
export { compiledCall, type LoadedRound, loadRound, roundsOfAuthority } from './round.ts';
export { checksumOf } from './checksum.ts';
export { listRounds, listVersions } from './store.ts';
export { closingOf, extensionFor, windowVerdict } from './window.ts';
