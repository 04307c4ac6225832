import { useParams, useSearchParams } from 'react-router';
import { EmptyState, Field, Loaded, Notice, Page, Panel, Select } from '../kit/index.ts';
import { AttachmentChanges, Changes } from './changes.tsx';
import { type Comparison, useComparison, type Version } from './comparison.ts';

/** Two versions of one application, entry by entry: for a reviewer, what changed since it was returned. */
export default function ComparePage() {
  const { id = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const comparison = useComparison(id, search.get('from') ?? undefined, search.get('to') ?? undefined);
  const choose =
    (end: 'from' | 'to', { from, to }: Comparison) =>
    (version: string) =>
      setSearch((before) => {
        const after = new URLSearchParams(before);
        after.set('from', end === 'from' ? version : from.version);
        after.set('to', end === 'to' ? version : to.version);
        return after;
      });
  return (
    <Page
      title="对照两个版本"
      lead={comparison.data && `${comparison.data.number} ${comparison.data.title}`}
      back={backTo(search.get('back'))}
    >
      <Loaded query={comparison}>
        {(found) => (
          <>
            <Panel>
              <div className="kc-versions">
                <VersionChoice
                  label="从"
                  value={found.from}
                  versions={found.versions}
                  onChoose={choose('from', found)}
                />
                <VersionChoice label="到" value={found.to} versions={found.versions} onChoose={choose('to', found)} />
              </div>
            </Panel>
            {found.returned && (
              <Notice title={`其间 ${found.returned.by}于${found.returned.at}退回修改`}>
                <p className="kc-reason">{found.returned.reason}</p>
              </Notice>
            )}
            <Found {...found} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** An address inside of the application only; anything else leads home. */
const backTo = (address: string | null) =>
  address && /^\/(?!\/)/.test(address) ? { to: address, label: '返回申报书' } : { to: '/', label: '首页' };

type ChoiceProps = { label: string; value: Version; versions: Version[]; onChoose: (version: string) => void };

const VersionChoice = ({ label, value, versions, onChoose }: ChoiceProps) => (
  <Field label={label} help={value.versionCode && `版本码 ${value.versionCode}`}>
    {(slots) => (
      <Select
        {...slots}
        className="kc-version"
        value={value.version}
        options={versions.map((one) => ({ value: one.version, label: one.label }))}
        onChange={onChoose}
      />
    )}
  </Field>
);

function Found({ identical, from, to, sections, attachments }: Comparison) {
  if (identical)
    return (
      <EmptyState title={from.version === to.version ? '只有一个版本，没有可以对照的' : '两个版本的内容完全相同'}>
        {from.version === to.version ? '退回修改以后再次提交，就能看到改了哪些地方。' : '各项内容和附件都没有变化。'}
      </EmptyState>
    );
  const count = sections.reduce((sum, { changes }) => sum + changes.length, attachments.length);
  return (
    <>
      <output className="kc-count">共有 {count} 处不同。</output>
      {sections.map(({ key, title, changes }) => (
        <Panel key={key} title={title}>
          <Changes changes={changes} />
        </Panel>
      ))}
      {attachments.length > 0 && (
        <Panel title="附件">
          <AttachmentChanges attachments={attachments} />
        </Panel>
      )}
    </>
  );
}
