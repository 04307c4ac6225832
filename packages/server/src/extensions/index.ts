export { factsOfRefusal, refusalByCode } from './refusal-proof.ts';
