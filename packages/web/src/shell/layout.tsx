import { Link, NavLink, Outlet } from 'react-router';
import type { Me, Role } from '../api/types.ts';
import { Button, Dropdown, DownIcon, PersonIcon } from '../kit/index.ts';
import { Bell } from '../notices/bell.tsx';
import mark from './mark.svg';
import { RehearsalBanner, useAllRehearsed } from './rehearsal.tsx';
import { useSession } from './session.tsx';

type Entry = { to: string; label: string };

const ENTRIES: Partial<Record<Role, Entry[]>> = {
  applicant: [
    { to: '/calls', label: '可申报的通知' },
    { to: '/applications', label: '我的申报' },
  ],
  organisationAdministrator: [
    { to: '/organisation/applications', label: '单位审核' },
    { to: '/organisation/seals', label: '电子印章' },
    { to: '/organisation/people', label: '账号管理' },
    { to: '/organisation/profiles', label: '人员资料' },
    { to: '/organisation/profile', label: '单位信息' },
  ],
  recommendingDepartment: [
    { to: '/department/organisations', label: '单位注册' },
    { to: '/department/requests', label: '变更和平台' },
    { to: '/department/applications', label: '项目审核' },
    { to: '/department/recommendations', label: '推荐报送' },
    { to: '/papers', label: '纸质材料' },
  ],
  organisationReviewer: [{ to: '/organisation/applications', label: '单位初核' }],
  programmeOfficer: [
    { to: '/officer', label: '申报总览' },
    { to: '/officer/applications', label: '受理审查' },
    { to: '/papers', label: '纸质材料' },
    { to: '/spot-checks', label: '抽查' },
  ],
  serviceCentre: [{ to: '/papers', label: '纸质收件' }],
  integrityOfficer: [{ to: '/spot-checks', label: '抽查' }],
  systemAdministrator: [
    { to: '/house', label: '系统状态' },
    { to: '/outbox', label: '通知发送' },
  ],
  securityAdministrator: [
    { to: '/roles/people', label: '人员与角色' },
    { to: '/roles/proposals', label: '角色审批' },
    { to: '/data-requests', label: '个人信息申请' },
  ],
  auditAdministrator: [
    { to: '/audit/events', label: '日志' },
    { to: '/audit/roots', label: '日志的证明' },
  ],
};

/** An organisation that recommends its own projects reviews no other organisations. */
const entriesFor = (me: Me, role: Role): Entry[] => {
  const entries = ENTRIES[role] ?? [];
  const isSelf =
    role === 'recommendingDepartment' && me.grants.some((grant) => grant.role === 'organisationAdministrator');
  return isSelf
    ? entries.filter(({ to }) => !['/department/organisations', '/department/requests'].includes(to))
    : entries;
};

export const entriesOf = (me: Me): Entry[] => me.grants.flatMap(({ role }) => entriesFor(me, role));

const belongsTo = (me: Me): string => {
  const grant = me.grants[0];
  return grant?.organisationName ?? grant?.departmentName ?? grant?.authorityName ?? '';
};

/** Head, navigation and the page below. Pages of a call carry their own rehearsal banner in the call's bar. */
export function Layout() {
  const { me, signOut } = useSession();
  const rehearsed = useAllRehearsed();
  return (
    <div className="ks-shell">
      <a className="ks-skip" href="#main">
        跳到正文
      </a>
      <header className="ks-head">
        <Link className="ks-head__mark" to="/">
          <img src={mark} alt="" width={28} height={28} />
          <span>科申</span>
        </Link>
        <nav className="ks-head__nav" aria-label="主导航">
          {entriesOf(me).map((entry) => (
            <NavLink key={entry.to} to={entry.to}>
              {entry.label}
            </NavLink>
          ))}
        </nav>
        <Bell />
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'who', label: me.grants.map((grant) => grant.label).join('、'), disabled: true },
              { type: 'divider' },
              ...(me.grants.some(({ role }) => role === 'applicant')
                ? [{ key: 'profile', label: <Link to="/profile">个人资料</Link> }]
                : []),
              { key: 'notices', label: <Link to="/notices/preferences">通知设置</Link> },
              { key: 'security', label: <Link to="/security">登录与安全</Link> },
              { key: 'password', label: <Link to="/password">修改密码</Link> },
              { key: 'data', label: <Link to="/my-data">我的个人信息</Link> },
              { key: 'out', label: '退出登录', onClick: () => void signOut() },
            ],
          }}
        >
          <Button type="text" className="ks-head__me">
            <PersonIcon aria-hidden />
            <span className="ks-head__name">{me.person.name}</span>
            <span className="ks-head__of">{belongsTo(me)}</span>
            <DownIcon aria-hidden />
          </Button>
        </Dropdown>
      </header>
      {rehearsed && <RehearsalBanner />}
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
