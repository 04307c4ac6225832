import { Tag } from '../kit/index.ts';
import type { ProfileState } from './queries.ts';

export const PROFILE_STATES: Record<ProfileState, { label: string; tone: 'plain' | 'wait' | 'good' | 'bad' }> = {
  none: { label: '没有填写', tone: 'plain' },
  waiting: { label: '待单位确认', tone: 'wait' },
  changed: { label: '改过，待重新确认', tone: 'wait' },
  confirmed: { label: '单位已确认', tone: 'good' },
  returned: { label: '单位已退回', tone: 'bad' },
};

export const ProfileTag = ({ state }: { state: ProfileState }) => (
  <Tag tone={PROFILE_STATES[state].tone}>{PROFILE_STATES[state].label}</Tag>
);
