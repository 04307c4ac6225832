import type { FormField, FormSection } from '@keshen/rules';
import { expect, test } from 'vitest';
import { partsOf } from './parts.ts';

const section = (key: string, ...types: FormField['type'][]): FormSection => ({
  key,
  title: key,
  fields: types.map((type, index) => ({
    key: `f${index}`,
    path: `${key}.f${index}`,
    label: '',
    name: '',
    type,
    required: true,
  })),
});
const FORM = [
  section('project', 'text'),
  section('lead', 'text'),
  section('budget', 'money', 'attest'),
  section('pledges', 'attest', 'attest'),
];
const documents = (order?: string[]) => ({
  documents: { recommendationList: { title: '', columns: [] }, ...(order && { order }) },
});
const outline = (order?: string[]) =>
  partsOf(documents(order), FORM).map(({ key, sections }) => [key, ...sections.map((one) => one.key)].join(' '));

test('without an order of its own a call gets the usual one, and every section stands in it once', () => {
  expect(outline()).toEqual([
    'cover',
    'organisationSheet lead',
    'projectSheet project',
    'applicationForm budget',
    'pledges pledges',
    'attachments',
    'opinions',
  ]);
});

test('JS-3.2c: what the order does not name closes the application form, before the attachments', () => {
  expect(outline(['cover', 'organisationSheet', 'projectSheet', 'applicationForm', 'attachments'])).toEqual([
    'cover',
    'organisationSheet lead',
    'projectSheet project',
    'applicationForm budget',
    'pledges pledges',
    'opinions',
    'attachments',
  ]);
});

test('a call without information sheets prints their sections in the form', () => {
  expect(outline(['cover', 'applicationForm', 'attachments'])[1]).toBe('applicationForm project lead budget');
});
