import { useApplicationPlaces } from '../api/queries.ts';
import type { PlacesLeft } from '../api/types.ts';
import { Field, Notice, Select } from '../kit/index.ts';

type Props = {
  applicationId: string;
  /** The step that is about to be taken. */
  action: string;
  platformId: string | undefined;
  onPlatform: (platformId: string | undefined) => void;
};

/** What is left for this project, asked for again every few seconds while one decides, and the choice of a bonus place. */
export function PlacesOfApplication({ applicationId, action, platformId, onPlatform }: Props) {
  const { data } = useApplicationPlaces(applicationId);
  if (!data || (data.places.length === 0 && data.bonus.length === 0)) return null;
  const counting = data.places.filter(({ countsAt }) => countsAt === action);
  const full = counting.some(({ left }) => left === 0) && platformId === undefined;
  const chooses = action === 'recommend' || (action === 'submit' && counting.length > 0);
  return (
    <>
      <ul className="kl-left" aria-live="polite">
        {data.places.map((one) => (
          <li key={`${one.quota} ${one.holder}`}>{said(one)}</li>
        ))}
      </ul>
      {full && <Notice kind="warning" title="名额已经用完，现在操作会被拒绝" />}
      {chooses && data.bonus.length > 0 && (
        <Field
          label="单独名额"
          help="用单独名额的不占上面的名额，依托的平台写进清单。平台须属于本单位、已认定、没有在研的合作计划项目。"
        >
          {(slots) => (
            <Select
              {...slots}
              value={platformId ?? ''}
              onChange={(value: string) => onPlatform(value === '' ? undefined : value)}
              options={[
                { value: '', label: '不用单独名额' },
                ...data.bonus.map(({ platformId: value, name, kind, why }) => ({
                  value,
                  label: why ? `${name}（${why}）` : `${name}（${kind}）`,
                  disabled: why !== undefined,
                })),
              ]}
            />
          )}
        </Field>
      )}
    </>
  );
}

const said = ({ title, clause, holderName, granted, adjusted, taken, left }: PlacesLeft): string =>
  `“${title}”（${holderName}，${clause.at}）：共 ${granted + adjusted} 项，已用 ${taken} 项，还剩 ${left} 项。`;
