import { useQuery } from '@tanstack/react-query';
import { read } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import type { Tone } from '../kit/index.ts';

export type SealKind = 'leadOrganisation' | 'legalRepresentative';
export type SealPlace = { kind: SealKind; title: string; page: number };

type SealState = 'missing' | 'requested' | 'sealed' | 'failed';
export type Seal = {
  kind: SealKind | 'sm2Signature';
  title: string;
  state: SealState;
  place?: SealPlace;
  orderedBy?: string;
  orderedAt?: string;
  signer?: string;
  issuer?: string;
  stampedAt?: string;
  stampedBy?: string;
  notAfter?: string;
  problem?: Refusal;
};
export type Seals = {
  seals: Seal[];
  signature?: Seal;
  clause?: { id: string; at: string };
  versionCode?: string;
  complete: boolean;
  sealing: { open: boolean; why?: string };
  voided: { versionCode: string; at: string; reason: string; seals: string[] }[];
};
/** The print of the version submitted last, and the places it has for seals. */
export type SealPrint = { source: string; pages: number; places: SealPlace[] };
export type SealReport = {
  sound: boolean;
  signatures: { title: string; sound: boolean; findings: string[] }[];
  problem?: string;
};

export type Certificate = {
  kind: SealKind;
  algorithm: 'rsa-sha256' | 'sm2-sm3';
  holder: string;
  issuer: string;
  notBefore: string;
  notAfter: string;
  state: 'usable' | 'ending' | 'ended' | 'unusable';
  problem?: Refusal;
  seenAt: string;
};
export type OrganisationSeals = {
  modes: { mode: 'live' | 'rehearsal'; calls: string[]; authority?: string; certificates: Certificate[] }[];
  reminders: {
    roundId: string;
    callTitle: string;
    mode: 'live' | 'rehearsal';
    clause?: { id: string; at: string };
    closes: string;
    missing: string[];
  }[];
};

const ASK_AGAIN_MS = 1500;

export const isUnderWay = ({ seals, signature, complete }: Seals): boolean =>
  seals.some(({ state }) => state === 'requested') || (complete && signature?.state === 'requested');

/** How an application stands with its seals; asked for again while one is being placed. */
export const useSeals = (applicationId: string) =>
  useQuery({
    queryKey: ['application', applicationId, 'seals'],
    queryFn: ({ signal }) => read<Seals>(`/applications/${applicationId}/seals`, signal),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? ASK_AGAIN_MS : false),
  });

/** Who only reviews is not asked: the seals are the administrator's. */
export const useOrganisationSeals = (mine = true) =>
  useQuery({
    enabled: mine,
    queryKey: ['organisationSeals'],
    queryFn: ({ signal }) => read<OrganisationSeals>('/organisation/seals', signal),
  });

export const SEAL_STATE: Record<SealState, { label: string; tone: Tone }> = {
  missing: { label: '未盖', tone: 'plain' },
  requested: { label: '正在盖', tone: 'wait' },
  sealed: { label: '已盖', tone: 'good' },
  failed: { label: '没有盖成', tone: 'bad' },
};
