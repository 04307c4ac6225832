import { useParams } from 'react-router';
import { SectionForm } from '../form/section-form.tsx';
import { Button, EmptyState, Notice, Page, Panel } from '../kit/index.ts';
import { Link, useNavigate } from 'react-router';
import { useJudged } from '../form/judgement.ts';
import { useOpenApplication } from './application-context.ts';

/** One section being filled in. */
export default function SectionPage() {
  const { section: key } = useParams();
  const { session, definition, application } = useOpenApplication();
  const section = definition.compiled.form.sections.find((candidate) => candidate.key === key);
  const home = `/applications/${application.id}`;
  if (!section)
    return (
      <Page title="没有这一部分">
        <EmptyState title="申报书里没有这一部分" action={<Link to={home}>回到申报书</Link>} />
      </Page>
    );
  if (!session)
    return (
      <Page title={section.title}>
        <Notice title="现在不能修改">
          申报书已经提交，或者填报时间已过。<Link to={home}>查看申报书</Link>
        </Notice>
      </Page>
    );
  return (
    <Page title={section.title} tab={`${section.title} · ${application.title || '未命名的申报书'}`}>
      <Panel>
        <SectionForm key={section.key} section={section} />
      </Panel>
      <NextSection current={section.key} />
    </Page>
  );
}

function NextSection({ current }: { current: string }) {
  const { definition, application } = useOpenApplication();
  const navigate = useNavigate();
  const hidden = useJudged((judgement) => judgement.hidden);
  const home = `/applications/${application.id}`;
  const sections = definition.compiled.form.sections.filter((section) => !hidden.has(section.key));
  const index = sections.findIndex((section) => section.key === current);
  const [before, after] = [sections[index - 1], sections[index + 1]];
  return (
    <div className="ka-next">
      {before && (
        <Button onClick={() => void navigate(`${home}/sections/${before.key}`)}>上一部分：{before.title}</Button>
      )}
      <Button
        type="primary"
        onClick={() => void navigate(after ? `${home}/sections/${after.key}` : `${home}/materials`)}
      >
        下一部分：{after?.title ?? '附件材料'}
      </Button>
    </div>
  );
}
