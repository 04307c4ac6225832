export { drawSample, hashOfSecret, populationHashOf, seedOf } from './draw-sample.ts';
