export { adoptProfile } from './adopt-profile.ts';
export { forgetPeople } from './forget-people.ts';
export { offerMembership, type Offered } from './offer-membership.ts';
export { startProfile } from './start-profile.ts';
export { findProfile } from './store.ts';
