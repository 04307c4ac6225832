export { sealPending } from './carry-out.ts';
export { enrolCertificates } from './enrol-certificates.ts';
export { readCertificates } from './read-certificates.ts';
export { sealsOfVersion } from './seals-of-version.ts';
export { missingSeals } from './reminders.ts';
export { certificatesOf } from './store-certificates.ts';
