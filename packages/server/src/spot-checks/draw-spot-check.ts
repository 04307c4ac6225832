import { attempt, type By, eventBy } from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { checksHere, noSuchRound } from './announce-draw.ts';
import { drawSample, populationHashOf, seedOf } from './draw-sample.ts';
import { deliveredNumbers, lockSpotCheck, markDrawn } from './store.ts';

/** Draws once, from all that has reached the science department by now, and publishes what it was drawn from and how. */
export const drawSpotCheck = (
  context: Context,
  by: By,
  { id, publicValue: entered }: { id: string; publicValue: string },
): Promise<Result<{ drawn: string[] }>> =>
  attempt(context, by, { action: 'drawSpotCheck', subject: { kind: 'spotCheck', id } }, async (trx) => {
    const check = await lockSpotCheck(trx, id);
    const round = check && (await loadRound({ db: trx, reference: context.reference }, check.roundId));
    const mine = round && checksHere(by, round);
    if (!check || !round || !mine) return noSuchRound();
    if (check.drawn) {
      return refused(409, {
        code: 'already_drawn',
        message: '这次抽查已经抽取，结果不能更改。',
        remedy: '需要再抽的，请另行公告一次。',
      });
    }
    const publicValue = entered.trim();
    if (publicValue === '') {
      return refused(422, {
        code: 'value_missing',
        message: `没有填写公告所说的数字（${check.publicSource}）。`,
        where: 'publicValue',
        remedy: '请按公布的原样填写，任何人都会用它复算。',
      });
    }
    const population = await deliveredNumbers(trx, check.roundId);
    if (population.length === 0) {
      return refused(409, {
        code: 'nothing_to_draw_from',
        message: '还没有报送到科技厅的项目，无从抽取。',
        remedy: '请在推荐部门报送之后再抽取。',
      });
    }
    const drawn = drawSample(seedOf(check.secret, publicValue), population, check.percent);
    const populationHash = populationHashOf(population);
    await markDrawn(trx, id, {
      publicValue,
      population,
      populationHash,
      drawn,
      drawnBy: by.actor.personId,
      drawnAt: by.at,
    });
    await context.log(trx, {
      ...eventBy(by, { action: 'drawSpotCheck', subject: { kind: 'round', id: check.roundId } }, mine.role),
      outcome: 'done',
      detail: { spotCheck: id, publicValue, population: population.length, populationHash, drawn },
    });
    return ok({ drawn });
  });
