import type { RoutingFact } from '@keshen/rules';

/** What decides who reviews an organisation, beside its kind and place. Null: not known, or it does not apply. */
export type RoutingFacts = {
  affiliation: string | null;
  universityLevel: string | null;
  firstLevelBudget: boolean | null;
  supervisorId: string | null;
  zoneId: string | null;
};

/** What an authority's tables ask of an organisation, and which departments they may lead to. */
export type RoutingQuestions = { facts: RoutingFact[]; supervisorKinds: string[]; zoneKinds: string[] };
