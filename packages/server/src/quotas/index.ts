export { checkPlaces, freePlaces, type PlacesAsked, takePlaces } from './places.ts';
export { type PlacesLeft, placesOfDepartment } from './read-places.ts';
export { bonusPlatforms, hostFacts } from './store.ts';
