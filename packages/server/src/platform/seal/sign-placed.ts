import { createHash } from 'node:crypto';
import { SignPdf, Signer } from '@signpdf/signpdf';
import { requestIdOf, type SealAuthority, type SealCredential } from './authority.ts';
import { encodeMessage, toBeSigned } from './crypto/cms.ts';

/**
 * Fills the empty signature that `placeSeal` appended: byte range, signature and time-stamp. `sealing` names what is being done for the
 * authority. Throws when the authority fails, or when its signature does not fit its certificate.
 */
export const signPlaced = (
  authority: SealAuthority,
  credential: SealCredential,
  placed: Buffer,
  sealing: string,
): Promise<Buffer> => new SignPdf().sign(placed, new PadesSigner(authority, credential, sealing));

/** Signs what the library hands it: the file without the gap for the signature. */
class PadesSigner extends Signer {
  readonly #authority: SealAuthority;
  readonly #credential: SealCredential;
  readonly #sealing: string;

  constructor(authority: SealAuthority, credential: SealCredential, sealing: string) {
    super();
    this.#authority = authority;
    this.#credential = credential;
    this.#sealing = sealing;
  }

  override async sign(signedBytes: Buffer): Promise<Buffer> {
    const credential = this.#credential;
    const message = {
      algorithm: credential.algorithm,
      chain: credential.chain,
      messageDigest: createHash('sha256').update(signedBytes).digest(),
    };
    const { digest } = toBeSigned(message);
    const signature = await this.#authority.sign({ credential, digest, requestId: requestIdOf(this.#sealing, digest) });
    const token = await this.#authority.timestamp(createHash('sha256').update(signature).digest());
    return encodeMessage(message, signature, token);
  }
}
