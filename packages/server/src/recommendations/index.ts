export { stateOfList } from './list-summary.ts';
export { findList, findListByCode, type ListRow } from './store.ts';
export { findPledge, findPledgeByCode, type PledgeRow } from './store-pledges.ts';
