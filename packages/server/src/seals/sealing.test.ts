import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyDocument } from '../platform/seal/index.ts';
import { ask, installed } from '../platform/seal/test-bench.ts';
import { bringRegistersUpToDate } from '../testing/journey.ts';
import { openSealingRound, SEALING_TIME, sealingOf } from '../testing/sealing.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let people: ReturnType<typeof sealingOf>;
let roundId: string;
let id: string;
beforeAll(async () => {
  server = await startTestServer({ at: SEALING_TIME });
  await bringRegistersUpToDate(server);
  people = sealingOf(server);
  roundId = await openSealingRound(server);
  id = await people.submitted(roundId);
}, 60_000);
afterAll(() => server.close());

test('without seals nothing is forwarded: the refusal names the clause and what to do', async () => {
  const { status, body } = await people.forward(id);
  expect(status).toBe(409);
  expect(body.refusal).toMatchObject({
    code: 'seal_missing',
    message: '最近提交的这一版申报书还没有用电子印章加盖牵头单位公章、法定代表人名章（或签字）。',
    remedy: expect.stringContaining('打开“电子印章”'),
    clause: { id: 'NM-2.1.4', at: '二（一）4' },
  });
});

test('the print says where seals may stand: on the pledge and on the organisation’s opinion', async () => {
  const { body } = await people.print(id);
  expect(body.places.map(({ kind, title }: { kind: string; title: string }) => `${title} ${kind}`)).toEqual([
    '声明 legalRepresentative',
    '声明 leadOrganisation',
    '申报单位意见 legalRepresentative',
    '申报单位意见 leadOrganisation',
  ]);
  expect((await people.print(id)).body).toEqual(body);
});

test('who has no certificate is told before anything is ordered', async () => {
  const { status, body } = await people.orderBoth(id);
  expect(status).toBe(409);
  expect(body.refusal).toMatchObject({ code: 'no_seal_certificate', message: '测试大学的单位公章还没有演练证书。' });
  expect((await people.seals(id)).seals).toMatchObject([{ state: 'missing' }, { state: 'missing' }]);
});

test('in a rehearsal the certificates are issued at once, and shown until when they hold', async () => {
  const { status, body } = await people.enrol();
  expect(status).toBe(200);
  expect(body.refusals).toEqual([]);
  expect(body.modes).toMatchObject([{ mode: 'rehearsal', authority: '演练印章机构' }]);
  expect(body.modes[0].certificates).toHaveLength(3);
  expect(body.modes[0].certificates[0]).toMatchObject({ state: 'usable', issuer: expect.stringContaining('演练') });
});

test('the page can be looked at with both seals on it before anything is signed', async () => {
  const picture = await server.as('organisationAdministrator')({
    url: `/api/applications/${id}/seals/preview?page=13&places=2,3`,
  });
  expect([picture.statusCode, picture.headers['content-type']]).toEqual([200, 'image/jpeg']);
  const plain = await server.as('organisationAdministrator')({ url: `/api/applications/${id}/seals/preview?page=13` });
  expect(picture.rawPayload.equals(plain.rawPayload)).toBe(false);
  expect((await server.context.db.selectFrom('sealOrder').selectAll().execute()).length).toBe(0);
});

test('only the organisation’s own administrator seals', async () => {
  const { source } = (await people.print(id)).body;
  const order = { source, places: { leadOrganisation: 3 } };
  const path = `/api/applications/${id}/seals`;
  expect((await people.journey.call('applicant', 'POST', path, order)).status).toBe(403);
  expect((await people.journey.call('otherOrganisationAdministrator', 'POST', path, order)).status).toBe(404);
  expect((await people.journey.call('recommendingDepartment', 'POST', path, order)).status).toBe(404);
});

test('one seal alone is not enough: the refusal names the one that is missing', async () => {
  const { source } = (await people.print(id)).body;
  expect((await people.order(id, { source, places: { legalRepresentative: 2 } })).status).toBe(202);
  expect(await people.settled(id)).toMatchObject({ seals: [{ state: 'missing' }, { state: 'sealed' }] });
  const { body } = await people.forward(id);
  expect(body.refusal).toMatchObject({ code: 'seal_missing', message: expect.stringMatching(/加盖牵头单位公章。$/) });
});

test('with both seals and the SM2 signature it is forwarded; the sealed file is what everybody prints', async () => {
  expect((await people.orderBoth(id)).status).toBe(202);
  const sealed = await people.settled(id);
  expect(sealed).toMatchObject({
    complete: true,
    seals: [
      { kind: 'leadOrganisation', state: 'sealed', signer: '测试大学', stampedBy: '科申演练时间戳' },
      { kind: 'legalRepresentative', state: 'sealed', signer: '张示例' },
    ],
    signature: { state: 'sealed', signer: '测试大学' },
  });
  const forwarded = await people.forward(id);
  expect([forwarded.status, forwarded.body.refusal]).toEqual([200, undefined]);
  const file = await people.download(id, 'applicant');
  const anchors = await server.context.seals.anchors();
  const report = await verifyDocument(file, { anchors, at: server.clock.now() });
  expect(report).toMatchObject({ sound: true, signatures: [{ sound: true }, { sound: true }] });
  expect((await people.download(id, 'recommendingDepartment')).equals(file)).toBe(true);
  const said = await people.journey.get('recommendingDepartment', `/api/applications/${id}/seals/report`);
  expect(said.body).toMatchObject({ sound: true });
  expect(said.body.signatures.map(({ title }: { title: string }) => title)).toEqual([
    '法定代表人名章（或签字）',
    '牵头单位公章',
    '国密签名',
  ]);
  const signature = await server.as('recommendingDepartment')({
    url: `/api/applications/${id}/sealed.pdf.sm2.p7s`,
  });
  expect(signature.statusCode).toBe(200);
});

test.skipIf(!installed('pdfsig') || !installed('qpdf'))(
  'tools that know nothing of us agree: pdfsig, qpdf',
  async () => {
    const directory = mkdtempSync(join(server.context.config.dataDir, 'sealed-'));
    const files = { 'sealed.pdf': await people.download(id, 'applicant') };
    expect(ask(directory, files, 'pdfsig', '-nocert', 'sealed.pdf').match(/Signature is Valid/g)).toHaveLength(2);
    expect(ask(directory, files, 'qpdf', '--check', 'sealed.pdf')).toContain('No syntax or stream encoding errors');
  },
);

test('whoever scans the code reads who sealed, when, and that it holds; no person’s name', async () => {
  const { versionCode } = (await people.journey.get('applicant', `/api/applications/${id}`)).body;
  const { body } = await server.visitor({ url: `/v?code=${versionCode}` });
  expect(body).toContain('牵头单位公章');
  expect(body).toContain('测试大学，2025年11月5日 10:00加盖（时间由科申演练时间戳证明），签章有效');
  expect(body).toContain('测试大学的法定代表人');
  expect(body).not.toContain('张示例');
});

test('a return voids the seals for all to see, and the next version needs its own', async () => {
  const { versionCode } = (await people.journey.get('applicant', `/api/applications/${id}`)).body;
  const returned = await people.journey.step('recommendingDepartment', id, 'returnByDepartment', {
    reason: '补充预算说明',
  });
  expect(returned.status).toBe(200);
  const open = await people.seals(id);
  expect(open).toMatchObject({ complete: false, seals: [{ state: 'missing' }, { state: 'missing' }] });
  expect(open.voided).toEqual([
    {
      versionCode,
      at: server.clock.now().toISOString(),
      reason: '归口管理部门退回修改',
      seals: ['牵头单位公章', '法定代表人名章（或签字）'],
    },
  ]);
  expect((await server.visitor({ url: `/v?code=${versionCode}` })).body).toContain('已作废（归口管理部门退回修改）');
  expect((await people.journey.step('applicant', id, 'submit')).status).toBe(200);
  await people.journey.answerAll('organisationAdministrator', id, 'organisation');
  expect((await people.forward(id)).body.refusal).toMatchObject({ code: 'seal_missing' });
  expect((await people.orderBoth(id)).status).toBe(202);
  expect(await people.settled(id)).toMatchObject({ complete: true });
  expect((await people.forward(id)).status).toBe(200);
});
