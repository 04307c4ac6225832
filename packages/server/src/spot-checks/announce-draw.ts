import { randomBytes } from 'node:crypto';
import { attempt, type By, eventBy, mechanismClause } from '../applications/index.ts';
import { type LoadedRound, loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { hashOfSecret } from './draw-sample.ts';
import { insertSpotCheck } from './store.ts';

/** `percent` 1 to 100; `publicSource` says which public value of a coming day goes into the seed. */
export type AnnouncementAsked = { roundId: string; percent: number; publicSource: string };

/**
 * Announces a draw: the hash of a secret, the share and the public value to come are fixed before anybody can know what will be drawn.
 */
export const announceDraw = (context: Context, by: By, asked: AnnouncementAsked): Promise<Result<{ id: string }>> =>
  attempt(context, by, { action: 'announceDraw', subject: { kind: 'round', id: asked.roundId } }, async (trx) => {
    const { roundId, percent } = asked;
    const round = await loadRound({ db: trx, reference: context.reference }, roundId);
    const mine = round && checksHere(by, round);
    if (!round || !mine) return noSuchRound();
    const publicSource = asked.publicSource.trim();
    if (publicSource === '') {
      return refused(422, {
        code: 'source_missing',
        message: '没有写明用哪一天公布的什么数字。',
        where: 'publicSource',
        remedy: '例如：2026年6月1日福彩3D开奖号码。抽取之前谁也不知道的数字，才能让人信服。',
      });
    }
    const secret = randomBytes(32).toString('hex');
    const secretHash = hashOfSecret(secret);
    const id = await insertSpotCheck(trx, {
      roundId,
      percent,
      secret,
      secretHash,
      publicSource,
      announcedBy: by.actor.personId,
      announcedAt: by.at,
    });
    await context.log(trx, {
      ...eventBy(by, { action: 'announceDraw', subject: { kind: 'round', id: roundId } }, mine.role),
      outcome: 'done',
      detail: { spotCheck: id, percent, secretHash, publicSource, ...mechanismClause(round, 'spot_check_sample') },
    });
    return ok({ id });
  });

/** The grant by which somebody draws samples in a round: the integrity officer's or the programme officer's. */
export const checksHere = ({ actor }: By, { round }: Pick<LoadedRound, 'round'>) =>
  actor.grants.find(
    ({ role, authorityId }) =>
      (role === 'integrityOfficer' || role === 'programmeOfficer') && authorityId === round.authorityId,
  );

export const noSuchRound = (): Refused => refused(404, { code: 'not_found', message: '没有这个申报通知。' });
