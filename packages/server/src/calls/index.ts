export { type Library, type LibraryCall, type LibraryFault, loadLibrary } from './library.ts';
export { openLiveRound, openRehearsals, publishLibrary } from './publish.ts';
export { compiledCall, type LoadedRound, loadRound } from './round.ts';
export { checksumOf } from './checksum.ts';
export { listRounds, listVersions, type RoundRow } from './store.ts';
export { windowVerdict } from './window.ts';
