import { createHmac } from 'node:crypto';
import { decrypt, encrypt, newKey } from './cipher.ts';

export type DataKey = { id: number; key: Buffer };

/** The data keys as they are now. Sealing uses the newest, opening whichever the sealed text names. */
export type Keyring = {
  /** `k1.<key id>.<base64url>`. `owner` must be given again to open it. */
  seal(owner: string, clear: string): string;
  /** A text that is not sealed comes back as it is; one that does not open is a fault and throws. */
  open(owner: string, text: string): string;
  /** Whether a text is sealed under the newest key. */
  isFresh(text: string): boolean;
  /** The blind index (HMAC-SHA256) of a number under each index key, the newest first: equal numbers are found without being read. */
  indexes(number: string): string[];
  /** The blind index to store. */
  index(number: string): string;
};

const SEALED = /^k1\.(\d+)\.([\w-]+)$/;

export function keyringOf(seals: readonly DataKey[], indexKeys: readonly DataKey[]): Keyring {
  const [newest] = seals;
  const [newestIndex] = indexKeys;
  if (!newest || !newestIndex) throw new Error('there is no data key');
  const keys = new Map(seals.map(({ id, key }) => [id, key]));
  const indexWith = ({ key }: DataKey, number: string): string =>
    createHmac('sha256', key).update(number.trim().toUpperCase()).digest('base64url');
  return {
    seal: (owner, clear) => `k1.${newest.id}.${encrypt(newest.key, owner, Buffer.from(clear)).toString('base64url')}`,
    open: (owner, text) => {
      const [, id, sealed] = SEALED.exec(text) ?? [];
      if (id === undefined || sealed === undefined) return text;
      const key = keys.get(Number(id));
      if (!key) throw new Error(`data key ${id} is not there`);
      return decrypt(key, owner, Buffer.from(sealed, 'base64url')).toString();
    },
    isFresh: (text) => SEALED.exec(text)?.[1] === String(newest.id),
    indexes: (number) => indexKeys.map((key) => indexWith(key, number)),
    index: (number) => indexWith(newestIndex, number),
  };
}

/** A large text under a key of its own, so that a rotation re-seals the key and leaves the text alone. */
export function sealWhole(keys: Keyring, owner: string, clear: string): { content: string; contentKey: string } {
  const key = newKey();
  return {
    content: encrypt(key, owner, Buffer.from(clear)).toString('base64'),
    contentKey: keys.seal(owner, key.toString('base64')),
  };
}

/** Without a key the text was never sealed. */
export const openWhole = (keys: Keyring, owner: string, content: string, contentKey: string | null): string =>
  contentKey === null
    ? content
    : decrypt(Buffer.from(keys.open(owner, contentKey), 'base64'), owner, Buffer.from(content, 'base64')).toString();
