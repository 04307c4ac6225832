import { type Check, timedAs } from '@keshen/rules';
import { windowVerdict } from '../calls/index.ts';
import { refused, type Refused } from '../platform/http/result.ts';
import { unsettledRefusal } from '../platform/inspection/index.ts';
import { checkPlaces } from '../quotas/index.ts';
import { checklistOf } from './checklist.ts';
import { standingInTheWay } from './judge.ts';
import { mechanismClause } from './mechanism-clause.ts';
import { noWayBack } from './no-way-back.ts';
import { anotherOfOrganisation, AT_A_DEPARTMENT, departmentUsed, oneForAll } from './place-in-round.ts';
import { placesAsked } from './places-asked.ts';
import { CHECKLIST_OF, REVIEW_CHECK_RUNS } from './review-checks.ts';
import { unsealed } from './sealed-print.ts';
import type { Situation } from './situation.ts';
import { snapshotsOf } from './store-history.ts';
import { neighboursById, neighbourTitles, queueForSameProject } from './store-neighbours.ts';
import { currentListOf, hasPledgeScan, recommendedIn } from './store-places.ts';
import { answersOf } from './store-reviews.ts';
import { similarity } from './titles.ts';
import { topicRefusal } from './topic-open.ts';
import { inWords } from './words.ts';

type Passed = undefined;
type CheckRun = (situation: Situation) => Promise<Refused | Passed>;

/** How each check of the lifecycle table is made. A refusal says what, where and how to mend. */
export const CHECK_RUNS: Record<Check, CheckRun> = {
  ...REVIEW_CHECK_RUNS,

  window: async ({ round, request, by, row }) => {
    const verdict = windowVerdict(round, timedAs(request.action), by.at, row);
    return verdict.ok ? undefined : noWayBack(verdict, round, request.action);
  },

  // Both are looked at when an application is created, which has its own use case; nothing changes them afterwards.
  profileConfirmed: async () => undefined,
  notClassified: async () => undefined,

  topicOpen: async ({ trx, round, row }) => topicRefusal(trx, round, { topic: row.topic, uscc: row.organisationUscc }),

  blockingRules: async ({ judgement }) => {
    const { rollUp, verdicts } = await judgement();
    if (rollUp !== 'blocked' && rollUp !== 'incomplete') return undefined;
    const findings = standingInTheWay(verdicts);
    return refused(422, {
      code: rollUp,
      message: `还有${findings.length}处须先处理，申报没有提交。`,
      remedy: '请按所列各条逐一修改，所填内容都已保存。',
      findings,
    });
  },

  attachmentsStored: async ({ judgement, context }) => {
    const { attachments } = await judgement();
    for (const { fileName, sha256 } of attachments) {
      if (await context.files.has(sha256)) continue;
      return refused(409, {
        code: 'attachment_lost',
        message: `附件“${fileName}”没有存妥，申报没有提交。`,
        remedy: '请重新上传这个附件后再提交。',
      });
    }
    return unsettledRefusal(attachments);
  },

  oneDepartment: async ({ trx, row, round }) => {
    await queueForSameProject(trx, row.authorityId);
    const { roundId, organisationId, departmentId } = row;
    const used = oneForAll(round) ? await departmentUsed(trx, { roundId, organisationId, except: row.id }) : undefined;
    if (used && used.departmentId !== departmentId) return anotherOfOrganisation(round, used, row.departmentName);
    const neighbourhood = { authorityId: row.authorityId, mode: row.mode, except: row.id };
    const same = (await neighbourTitles(trx, neighbourhood)).filter(
      ({ title }) => similarity(row.title, title) === 'same',
    );
    const others = await neighboursById(
      trx,
      neighbourhood,
      same.map(({ id }) => id),
    );
    const other = others.find(
      ({ roundId, departmentId, state }) =>
        roundId === row.roundId && departmentId !== row.departmentId && AT_A_DEPARTMENT.includes(state),
    );
    if (!other) return undefined;
    return refused(409, {
      code: 'another_department',
      message: inWords(
        `同一项目已经“${other.departmentName}”申报，申报编号${other.number}；一个项目只能经一个{recommendingDepartment}推荐。`,
        round.compiled,
      ),
      remedy: '请与该单位核对，撤回其中一份；确实不是同一项目的，请改用能区分的项目名称。',
      ...mechanismClause(round, 'one_department_per_project'),
    });
  },

  checklistComplete: async ({ trx, row, round, request, judgement }) => {
    const step = CHECKLIST_OF[request.action] ?? 'department';
    const [latest] = await snapshotsOf(trx, row.id);
    const items = checklistOf(step, {
      call: round.compiled,
      verdicts: (await judgement()).verdicts,
      answers: await answersOf(trx, row.id, step),
      since: latest?.takenAt,
    });
    const open = items.filter(({ answer }) => answer === undefined);
    const denied = items.filter(({ answer }) => answer === 'no');
    const [first] = open.length > 0 ? open : denied;
    if (!first) return undefined;
    return refused(422, {
      code: open.length > 0 ? 'checklist_open' : 'checklist_denied',
      message:
        open.length > 0
          ? `审查要点还有${open.length}项没有作出判断，例如：${first.question}`
          : `审查要点有${denied.length}项判断为“否”，例如：${first.question}`,
      where: first.key,
      remedy:
        open.length > 0 ? '请逐项判断后再操作。' : '判断为“否”的，请退回修改或者不予通过；情况已改变的，请改正判断。',
      clause: first.clause,
    });
  },

  sealed: async ({ trx, context, by, row, round }) => {
    const refusal = await unsealed({ db: trx, context, at: by.at }, row, round);
    if (!refusal) return undefined;
    const { clause } = mechanismClause(round, 'electronic_seal_before_forward');
    return { ...refusal, refusal: { ...refusal.refusal, ...(clause && { clause }) } };
  },

  quota: async (situation) => checkPlaces(situation.trx, await placesAsked(situation)),

  listCurrent: async ({ trx, row, round }) => {
    const list = await currentListOf(trx, row);
    const recommended = await recommendedIn(trx, row);
    // While a list is being delivered, some of its applications already are.
    const stands = list?.entries.every(({ state }) => state === 'recommended' || state === 'delivered');
    const whole = recommended.every((id) => list?.entries.some(({ applicationId }) => applicationId === id));
    if (stands && whole) return undefined;
    return refused(409, {
      code: list ? 'list_outdated' : 'no_list',
      message: list
        ? `${round.compiled.words.recommendationList}导出后推荐的项目有变化，这份清单已失效。`
        : `还没有导出${round.compiled.words.recommendationList}。`,
      remedy: '请重新导出清单，盖章后扫描上传，再报送。',
    });
  },

  sealedListUploaded: async ({ trx, row, round }) => {
    const list = await currentListOf(trx, row);
    const letter = round.compiled.documents.recommendationLetter;
    const missing = [
      ...(list?.sealedScan ? [] : [`盖章的${round.compiled.words.recommendationList}`]),
      ...(list?.letter || !letter ? [] : [letter.title]),
    ];
    if (missing.length === 0) return undefined;
    return refused(422, {
      code: 'scan_missing',
      message: `还没有上传${missing.join('和')}的扫描件。`,
      remedy: '请上传 PDF 扫描件后再报送。',
    });
  },

  pledgeUploaded: async ({ trx, row, round }) => {
    const { pledge } = round.compiled.documents;
    if (!pledge || (await hasPledgeScan(trx, row))) return undefined;
    return refused(422, {
      code: 'pledge_missing',
      message: `还没有上传签字盖章的${pledge.title}，不能报送。`,
      where: 'pledge',
      remedy: '请在推荐报送页下载打印承诺书，签字盖章后扫描上传。',
      ...mechanismClause(round, 'department_pledge'),
    });
  },
};
