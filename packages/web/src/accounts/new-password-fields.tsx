import { Field, Input } from '../kit/index.ts';
import { charactersIn } from '../text/characters.ts';

/** Length is the server's rule; it is said here before the form is sent. */
const SHORTEST = 10;

type Props = { next: string; again: string; onNext: (text: string) => void; onAgain: (text: string) => void };

export const isReady = (next: string, again: string): boolean => charactersIn(next) >= SHORTEST && next === again;

/** A new password, typed twice. */
export function NewPasswordFields({ next, again, onNext, onAgain }: Props) {
  const short = next !== '' && charactersIn(next) < SHORTEST;
  const differs = again !== '' && again !== next;
  return (
    <>
      <Field
        label="新密码"
        required
        help={`至少 ${SHORTEST} 个字符，可用几个不相干的词连成一句，好记又难猜；不能含登录名。`}
        error={short ? `还差 ${SHORTEST - charactersIn(next)} 个字符` : undefined}
      >
        {(slots) => (
          <Input.Password
            {...slots}
            autoComplete="new-password"
            value={next}
            onChange={(event) => onNext(event.target.value)}
          />
        )}
      </Field>
      <Field label="再输一遍新密码" required error={differs ? '与上面的新密码不一致' : undefined}>
        {(slots) => (
          <Input.Password
            {...slots}
            autoComplete="new-password"
            value={again}
            onChange={(event) => onAgain(event.target.value)}
          />
        )}
      </Field>
    </>
  );
}
