export { findOrganisation, insertOrganisation, type OrganisationRow } from './store.ts';
