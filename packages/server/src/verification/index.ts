export { type KnownCall, type OfflineVerdict, readOffline } from './read-offline.ts';
