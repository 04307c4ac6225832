import { createContext, useContext, useState } from 'react';
import type { Answer } from '../api/client.ts';
import { ReasonDialog } from '../kit/index.ts';
import { masked } from './value-text.ts';

/** Asks the server for one personal value in full; it keeps the reason. Absent where the reader has the whole value already. */
export type Reveal = (path: string, reason: string) => Promise<Answer<{ value: string }>>;
export const RevealContext = createContext<Reveal | undefined>(undefined);

/** Personal numbers in part; whole when asked for, which whoever reviews does with a reason. */
export function PersonalValue({ path, label, text }: { path: string; label: string; text: string }) {
  const reveal = useContext(RevealContext);
  const [whole, setWhole] = useState<string>();
  const [asking, setAsking] = useState(false);
  const show = () => (reveal ? setAsking(true) : setWhole(text));
  return (
    <>
      {whole ?? (reveal ? text : masked(text))}{' '}
      <button
        type="button"
        className="ks-link-button"
        aria-pressed={whole !== undefined}
        aria-label={`${whole === undefined ? '查看' : '遮住'}${label}`}
        onClick={() => (whole === undefined ? show() : setWhole(undefined))}
      >
        {whole === undefined ? '查看' : '遮住'}
      </button>
      {reveal && (
        <ReasonDialog
          title={`查看完整的${label}`}
          confirm="查看"
          open={asking}
          label="用途"
          help="例如“核对与证件是否一致”。谁在什么时候为什么看过，会记入日志，申报人也看得到。"
          onClose={() => setAsking(false)}
          onConfirm={async (reason) => {
            const answer = await reveal(path, reason);
            if (answer.ok) setWhole(answer.value.value);
            return answer;
          }}
        />
      )}
    </>
  );
}
