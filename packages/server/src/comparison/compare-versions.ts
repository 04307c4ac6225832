import { officialInstant } from '@keshen/rules';
import {
  applicationContentOf,
  attachmentsOf,
  type By,
  type Content,
  contentOf,
  type EventRow,
  eventsOf,
  isState,
  openApplication,
  readsAs,
  type Snapshot,
  snapshotsOf,
  statesReadBy,
  textIn,
} from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { compareContents, type Difference } from './compare-contents.ts';
import { CURRENT, type Passage, readableVersions, type Version } from './versions.ts';

export type Comparison = Difference & {
  number: string;
  title: string;
  versions: Version[];
  from: Version;
  to: Version;
  /** The last return between the two versions: what was asked to be mended. */
  returned?: { by: string; at: string; reason: string };
};

/**
 * Two versions of an application, entry by entry. Without `from` and `to`: what changed since the version before the newest, which for
 * a reviewer is what changed since it was returned. Only versions that the table of readers gives the person.
 */
export async function compareVersions(
  context: Context,
  by: By,
  { id, from, to }: { id: string; from?: string | undefined; to?: string | undefined },
): Promise<Result<Comparison>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const { row, round } = opened.value;
  const { db } = context;
  const snapshots = await snapshotsOf(db, id);
  const events = await eventsOf(db, id);
  const states = readsAs(by.actor, row).flatMap(statesReadBy);
  const versions = readableVersions({ state: row.state, snapshots, passages: passagesOf(events) }, states);

  const newer = to === undefined ? versions[0] : versions.find(({ version }) => version === to);
  const older =
    from === undefined
      ? (versions[versions.findIndex(({ version }) => version === newer?.version) + 1] ?? newer)
      : versions.find(({ version }) => version === from);
  if (!newer || !older) return noSuchVersion(versions);

  const contentAt = async ({ version }: Version): Promise<Content> => {
    if (version !== CURRENT) return contentIn(snapshots, version);
    const application = await applicationContentOf(db, id);
    return contentOf(row, round, { application, attachments: await attachmentsOf(db, id) });
  };
  const returned = returnBetween(events, older, newer);
  return ok({
    number: row.number,
    title: row.title,
    versions,
    from: older,
    to: newer,
    ...(returned && { returned }),
    ...compareContents(await contentAt(older), await contentAt(newer), round.linkedAt(by.at)),
  });
}

const passagesOf = (events: readonly EventRow[]): Passage[] =>
  events.flatMap(({ at, outcome, detail }) => {
    const to = textIn(detail, 'to');
    return outcome === 'done' && isState(to) ? [{ at, to }] : [];
  });

function contentIn(snapshots: readonly Snapshot[], version: string): Content {
  const snapshot = snapshots.find(({ ordinal }) => String(ordinal) === version);
  if (!snapshot) throw new Error(`version ${version} was listed and is not there`);
  const content: Content = JSON.parse(snapshot.content);
  return content;
}

function returnBetween(events: readonly EventRow[], older: Version, newer: Version): Comparison['returned'] {
  const after = older.takenAt === undefined ? 0 : Date.parse(older.takenAt);
  const before = newer.takenAt === undefined ? Infinity : Date.parse(newer.takenAt);
  const last = events.findLast(
    ({ action, outcome, at }) =>
      action.startsWith('returnBy') && outcome === 'done' && at.getTime() >= after && at.getTime() <= before,
  );
  return (
    last && {
      by: last.personName ?? '',
      at: officialInstant(Math.floor(last.at.getTime() / 1000) * 1000),
      reason: textIn(last.detail, 'reason'),
    }
  );
}

const noSuchVersion = (versions: readonly Version[]): Refused =>
  refused(404, {
    code: 'no_such_version',
    message: versions.length === 0 ? '这份申报还没有您可以查看的版本。' : '没有这个版本，或者您无权查看它。',
    remedy:
      versions.length === 0
        ? '提交以后才有版本可以对照。'
        : `可以对照的有：${versions.map(({ label }) => label).join('、')}。`,
  });
