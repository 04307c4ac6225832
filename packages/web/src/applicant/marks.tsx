import { useMarks } from '../api/review-queries.ts';
import type { Mark } from '../api/review-types.ts';
import { Button, Panel, Tag } from '../kit/index.ts';
import { MarkNote } from '../review/marks.tsx';
import { useOpenApplication } from './application-context.ts';

/** What the reviewers marked, each leading to its place; settled by changing it. */
export function MarksPanel() {
  const { application, session, go } = useOpenApplication();
  const marks = useMarks(application.id);
  const items = marks.data?.items ?? [];
  if (!session || items.length === 0) return null;
  const open = items.filter(({ resolved }) => !resolved).length;
  return (
    <Panel
      id="marks"
      title="审核意见"
      note={open > 0 ? `还有${open}处没有改动。` : '标出的各处都已改动，可以检查后重新提交。'}
    >
      <ul className="kw-notes">
        {items.map((mark) => (
          <li key={mark.path}>
            <Tag tone={mark.resolved ? 'good' : 'wait'}>{mark.resolved ? '已改动' : '请修改'}</Tag>{' '}
            <Button type="link" size="small" data-go={mark.path} onClick={() => go(mark.path)}>
              {mark.label}
            </Button>
            <p>{mark.remark}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The marks that stand at a place of the form, or at a material. */
export const MarksAt = ({ marks = [], path }: { marks: readonly Mark[] | undefined; path: string }) =>
  marks.filter((mark) => mark.path === path && mark.sentAt).map((mark) => <MarkNote key={mark.path} mark={mark} />);
