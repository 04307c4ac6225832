export { compiledCall, type LoadedRound, loadRound } from './round.ts';
export { listRounds, type RoundRow } from './store.ts';
export { boundsOf, stateAt, type WindowState, windowVerdict } from './window.ts';
