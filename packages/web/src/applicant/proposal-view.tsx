import { useState } from 'react';
import { changesOf } from '../form/changes.ts';
import { ChangesView } from '../form/changes-view.tsx';
import { takenIn, type Taking } from '../form/take-in.ts';
import { Button, Checkbox, Notice, Panel, Radio } from '../kit/index.ts';
import { useOpenApplication } from './application-context.ts';
import type { Proposal } from './drafts.ts';
import { useTakeOver } from './use-take-over.tsx';

type Props = { title: string; proposal: Proposal; onDone: () => void };

/** What would change, section by section, and what cannot be brought in: seen before it is done, undone when it was wrong. */
export function ProposalView({ title, proposal, onDone }: Props) {
  const { definition, choices, session } = useOpenApplication();
  const takeOver = useTakeOver(session);
  const [taking, setTaking] = useState<Taking>('onlyEmpty');
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  if (!session) return null;
  const now = session.document.application();
  const after = takenIn(now, proposal.sections, taking);
  const parts = definition.compiled.form.sections.flatMap((section) => {
    const data = after[section.key];
    const changes = data ? changesOf(section, now[section.key] ?? {}, data, choices, { ...now, ...after }) : [];
    return changes.length > 0 ? [{ section, changes }] : [];
  });
  const chosen = parts.filter(({ section }) => !without.has(section.key));
  const take = () => {
    const sections = Object.fromEntries(
      Object.entries(after).filter(([key]) => chosen.some(({ section }) => section.key === key)),
    );
    takeOver(sections, `已带入 ${chosen.length} 个部分`);
    onDone();
  };
  const toggle = (key: string) =>
    setWithout((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  return (
    <Panel
      title={title}
      id="proposal"
      note="下面是带入后会有的变化，现在还什么都没改。带入后可以撤销，也能从修改记录恢复。"
    >
      <Radio.Group
        value={taking}
        onChange={(event) => setTaking(event.target.value === 'replace' ? 'replace' : 'onlyEmpty')}
        options={[
          { value: 'onlyEmpty', label: '只填现在空着的' },
          { value: 'replace', label: '已填的也换掉' },
        ]}
        aria-label="已经填了的怎么办"
      />
      {parts.length === 0 && (
        <p className="ks-none ka-proposal">
          {taking === 'onlyEmpty' ? '没有可以填进空栏目的内容。' : '和现在的内容一样，没有要带入的。'}
        </p>
      )}
      {parts.map(({ section, changes }) => (
        <details key={section.key} className="ka-proposal" data-section={section.key}>
          <summary>
            <Checkbox
              checked={!without.has(section.key)}
              onChange={() => toggle(section.key)}
              onClick={(event) => event.stopPropagation()}
            >
              {section.title}
            </Checkbox>
            <span className="ka-proposal__count">{changes.length} 处变化</span>
          </summary>
          <ChangesView changes={changes} was="现在" is="带入以后" />
        </details>
      ))}
      {proposal.left.length > 0 && (
        <Notice kind="info" title={`有 ${proposal.left.length} 项带不进来，需要自己填`}>
          <ul className="ka-left">
            {proposal.left.map(({ path, label, why }) => (
              <li key={`${path} ${why}`} data-left={path}>
                <strong>{label}</strong>：{why} <code>{path}</code>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="ks-actions">
        <Button type="primary" disabled={chosen.length === 0} onClick={take}>
          带入{chosen.length > 0 && `所选的 ${chosen.length} 个部分`}
        </Button>
        <Button onClick={onDone}>不带入</Button>
      </div>
    </Panel>
  );
}
