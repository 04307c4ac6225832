export { reaches, reachOf } from './reach.ts';
export { findOrganisation, insertOrganisation, type OrganisationRow } from './store.ts';
