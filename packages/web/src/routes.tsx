import type { ComponentType } from 'react';
import { createBrowserRouter, Outlet, ScrollRestoration } from 'react-router';
import { Layout } from './shell/layout.tsx';
import { Broken, NotFound } from './shell/not-found.tsx';
import { RequireSession } from './shell/session.tsx';

type Load = () => Promise<{ default: ComponentType }>;

/**
 * Each role's pages are fetched when that role first comes by; the router fetches a page together with the frame around it.
 * (`React.lazy` would show them one after the other, each 0.3 s after the last.)
 */
const component = (load: Load) => async () => ({ Component: (await load()).default });
const page = (path: string, load: Load) => ({ path, lazy: component(load) });
const index = (load: Load) => ({ index: true as const, lazy: component(load) });

const Signed = () => (
  <RequireSession>
    <Layout />
  </RequireSession>
);

const Root = () => (
  <>
    <Outlet />
    <ScrollRestoration />
  </>
);

export const router = createBrowserRouter(
  [
    {
      Component: Root,
      ErrorBoundary: Broken,
      HydrateFallback: () => null,
      children: [
        page('sign-in', () => import('./accounts/sign-in-page.tsx')),
        page('register', () => import('./accounts/register-page.tsx')),
        page('receipt', () => import('./audit/receipt-page.tsx')),
        page('confirm-address', () => import('./notices/confirm-page.tsx')),
        page('unsubscribe', () => import('./notices/unsubscribe-page.tsx')),
        page('set-password', () => import('./accounts/set-password-page.tsx')),
        {
          Component: Signed,
          ErrorBoundary: Broken,
          children: [
            index(() => import('./shell/home-page.tsx')),
            page('notices', () => import('./notices/notices-page.tsx')),
            page('notices/preferences', () => import('./notices/preferences-page.tsx')),
            page('outbox', () => import('./notices/outbox-page.tsx')),
            page('password', () => import('./accounts/password-page.tsx')),
            page('security', () => import('./accounts/security-page.tsx')),
            page('calls', () => import('./applicant/calls-page.tsx')),
            page('applications', () => import('./applicant/applications-page.tsx')),
            page('applications/new/:roundId', () => import('./applicant/new-page.tsx')),
            {
              ...page('applications/:id', () => import('./applicant/application-layout.tsx')),
              children: [
                index(() => import('./applicant/overview-page.tsx')),
                page('sections/:section', () => import('./applicant/section-page.tsx')),
                page('materials', () => import('./applicant/materials/materials-page.tsx')),
                page('check', () => import('./applicant/check-page.tsx')),
                page('history', () => import('./applicant/history-page.tsx')),
                page('bring', () => import('./applicant/bring-page.tsx')),
              ],
            },
            page('organisation/applications', () => import('./organisation/applications-page.tsx')),
            page('organisation/applications/:id', () => import('./organisation/review-page.tsx')),
            page('organisation/applications/:id/seal', () => import('./organisation/seal-page.tsx')),
            page('organisation/seals', () => import('./organisation/seals-page.tsx')),
            page('organisation/people', () => import('./organisation/people-page.tsx')),
            page('organisation/profile', () => import('./organisation/profile-page.tsx')),
            page('department/organisations', () => import('./department/organisations-page.tsx')),
            page('department/requests', () => import('./department/requests-page.tsx')),
            page('department/organisations/:id', () => import('./department/organisation-page.tsx')),
            page('department/applications', () => import('./department/applications-page.tsx')),
            page('department/applications/:id', () => import('./department/review-page.tsx')),
            page('department/recommendations', () => import('./department/recommendations-page.tsx')),
            page('department/recommendations/:roundId', () => import('./department/recommendations-page.tsx')),
            page('papers', () => import('./paper/papers-page.tsx')),
            page('papers/:roundId', () => import('./paper/papers-page.tsx')),
            page('officer', () => import('./officer/rounds-page.tsx')),
            page('officer/rounds/:roundId', () => import('./officer/overview-page.tsx')),
            page('officer/applications', () => import('./officer/admission-page.tsx')),
            page('spot-checks', () => import('./officer/spot-checks-page.tsx')),
            page('spot-checks/:roundId', () => import('./officer/spot-checks-page.tsx')),
            page('officer/applications/:id', () => import('./officer/application-page.tsx')),
            page('audit/events', () => import('./audit/log-page.tsx')),
            page('audit/roots', () => import('./audit/roots-page.tsx')),
            page('profile', () => import('./profile/own-page.tsx')),
            page('organisation/profiles', () => import('./profile/profiles-page.tsx')),
            page('organisation/profiles/:id', () => import('./profile/member-page.tsx')),
            page('my-data', () => import('./privacy/own-data-page.tsx')),
            page('data-requests', () => import('./privacy/requests-page.tsx')),
            page('roles/people', () => import('./roles/people-page.tsx')),
            page('roles/people/:id', () => import('./roles/person-page.tsx')),
            page('roles/proposals', () => import('./roles/proposals-page.tsx')),
            page('house', () => import('./house/house-page.tsx')),
            page('compare/:id', () => import('./application/compare-page.tsx')),
            { path: '*', Component: NotFound },
          ],
        },
      ],
    },
  ],
  { basename: '/app' },
);
