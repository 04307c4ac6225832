export { forgetUnclaimedDocuments } from './documents/store.ts';
export { profileOf } from './profile/fields.ts';
export { insertVersion } from './profile/store.ts';
export { reviewerOf } from './routing/reviewer-of.ts';
export { reaches, reachOf } from './reach.ts';
export { type OpenRoute, routesIn } from './routing/routes-in.ts';
export { ownDepartment } from './routing/store.ts';
export { findOrganisation, insertOrganisation, type OrganisationRow } from './store.ts';
