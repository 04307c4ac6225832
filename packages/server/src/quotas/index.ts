export { checkPlaces, freePlaces, type PlacesAsked, takePlaces } from './places.ts';
export { bonusPlatforms } from './store.ts';
