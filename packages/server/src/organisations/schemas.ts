import { AFFILIATIONS, UNIVERSITY_LEVELS } from '@keshen/rules';
import { Type } from '@sinclair/typebox';

const oneOf = <T extends string>(options: readonly { value: T }[]) =>
  Type.Union(options.map(({ value }) => Type.Literal(value)));
const OrNull = <T extends ReturnType<typeof Type.String | typeof oneOf>>(of: T) =>
  Type.Optional(Type.Union([of, Type.Null()]));

/** What routing asks beside kind and place; absent or null where it is not known, or does not apply. */
export const RoutingFacts = {
  affiliation: OrNull(oneOf(AFFILIATIONS)),
  universityLevel: OrNull(oneOf(UNIVERSITY_LEVELS)),
  // One type of two names: in a union of two types the unknown would be coerced to “no”.
  firstLevelBudget: Type.Optional(Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] })),
  supervisorId: OrNull(Type.String({ format: 'uuid' })),
  zoneId: OrNull(Type.String({ format: 'uuid' })),
};

/** Papers that were uploaded before and are handed in with a request. */
export const Documents = Type.Array(Type.String({ format: 'uuid' }), { maxItems: 10, default: [] });
