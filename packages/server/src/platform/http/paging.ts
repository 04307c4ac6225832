import { Type, type Static } from '@sinclair/typebox';

/** Query of every list: pages count from 1. */
export const Paging = {
  page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
  pageSize: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  q: Type.Optional(Type.String({ maxLength: 100 })),
};

const Query = Type.Object(Paging);
export type Page = Pick<Static<typeof Query>, 'page' | 'pageSize'>;

export const offsetOf = ({ page, pageSize }: Page): number => (page - 1) * pageSize;

/** A typed word as a pattern for ILIKE that matches it anywhere, with nothing in it working as a wildcard. */
export const containing = (word: string): string => `%${word.trim().replace(/[\\%_]/g, '\\$&')}%`;
