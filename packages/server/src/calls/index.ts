export { type LibraryCall, type LibraryFault, loadLibrary, readFolder, readForms } from './library.ts';
export { openLiveRound, openRehearsals, publishLibrary } from './publish.ts';
export { compiledCall, type LoadedRound, loadRound } from './round.ts';
export { checksumOf } from './checksum.ts';
export { listRounds, listVersions } from './store.ts';
export { extensionFor, windowVerdict } from './window.ts';
