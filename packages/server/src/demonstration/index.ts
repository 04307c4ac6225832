export { furnishDemonstration } from './furnish.ts';
export { listDemonstrationPeople, type DemonstrationPerson } from './list-people.ts';
