import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

const strict = { additionalProperties: false };
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Base64 = Type.String({ maxLength: 40_000, pattern: '^[A-Za-z0-9+/]*={0,2}$' });
const Instant = Type.String({ maxLength: 40 });

/**
 * What somebody keeps of one event of the log: enough to show years later that it was written, when, and that nothing before it in its
 * chain was changed since. Says nothing of its content but what stands under `about`.
 */
export const ReceiptFormat = Type.Object(
  {
    format: Type.Literal('keshen-receipt-1'),
    about: Type.Record(Type.String({ maxLength: 50 }), Type.String({ maxLength: 500 })),
    /** `kind:id` of the subject and the place in its chain, from 1. */
    chain: Type.String({ pattern: '^[A-Za-z]{1,50}:.{1,200}$' }),
    position: Type.Integer({ minimum: 1, maximum: 100_000 }),
    action: Type.String({ maxLength: 100 }),
    /** ISO instant: the server's time when the request arrived. */
    at: Instant,
    hash: Hash,
    issuedAt: Instant,
    /** Once the event lies under a root: the way from its hash up to the signed root, and the time-stamp over it. */
    root: Type.Optional(
      Type.Object(
        {
          statement: Type.String({ maxLength: 2000 }),
          signature: Base64,
          stamp: Type.Optional(Base64),
          index: Type.Integer({ minimum: 0 }),
          proof: Type.Array(Hash, { maxItems: 40 }),
        },
        strict,
      ),
    ),
    publicKey: Type.String({ maxLength: 500 }),
    /** Ed25519 over the canonical JSON of everything else. */
    signature: Base64,
  },
  strict,
);

export type Receipt = Static<typeof ReceiptFormat>;

/** A parsed JSON file as a receipt; undefined when it is none. */
export const readReceipt = (value: unknown): Receipt | undefined =>
  Value.Check(ReceiptFormat, value) ? value : undefined;
