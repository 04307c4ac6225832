import { useSyncExternalStore } from 'react';
import type { Autosave } from '../../autosave/autosave.ts';
import { isSaved, type SectionSaving } from '../../autosave/section-saving.ts';
import { clockOf } from '../../text/beijing-time.ts';

type Status = { tone: 'good' | 'busy' | 'bad'; text: string };

/** One sentence about the saving of all sections: the worst of them. */
export function statusOf(states: Readonly<Record<string, SectionSaving>>): Status {
  const all = Object.values(states);
  const trouble = (kind: string) => all.some((state) => state.trouble?.kind === kind);
  if (trouble('conflict')) return { tone: 'bad', text: '另一处也改了，请选择保留哪个' };
  const refused = all.find((state) => state.trouble?.kind === 'refused')?.trouble;
  if (refused?.kind === 'refused') return { tone: 'bad', text: `未能保存，已留在本机：${refused.refusal.message}` };
  if (trouble('signed_out')) return { tone: 'bad', text: '登录已失效，内容已留在本机' };
  if (trouble('unreachable')) return { tone: 'bad', text: '未能保存，已留在本机，连上后自动补存' };
  if (all.some((state) => state.onTheWay)) return { tone: 'busy', text: '正在保存' };
  if (!all.every(isSaved)) return { tone: 'busy', text: '等待保存' };
  const last = all
    .map((state) => state.savedAt ?? '')
    .reduce((a, b) => (Date.parse(b) > Date.parse(a || '1970') ? b : a), '');
  return { tone: 'good', text: last ? `已保存 ${clockOf(Date.parse(last))}` : '尚未填写' };
}

export function SaveStatus({ autosave }: { autosave: Autosave }) {
  const text = useSyncExternalStore(autosave.subscribe, () => {
    const status = statusOf(autosave.states());
    return `${status.tone}|${status.text}`;
  });
  const [tone, say] = text.split('|', 2);
  return (
    <output className={`ka-save ka-save--${tone}`} data-save={tone}>
      {say}
    </output>
  );
}
