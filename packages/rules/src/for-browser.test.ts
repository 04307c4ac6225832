import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate/evaluate.ts';
import { linkCall } from './evaluate/link.ts';
import { callForBrowser, referenceForBrowser } from './for-browser.ts';
import { exampleSubject, FIXTURE, linkFixture } from './testing/compiled-fixture.ts';
import { REFERENCE } from './testing/fixture-call.ts';

describe('what the browser gets', () => {
  it('judges as the server does, word for word', () => {
    const reference = referenceForBrowser(FIXTURE, REFERENCE);
    const linked = linkCall(callForBrowser(FIXTURE), { asOf: '2030-02-01', reference });
    expect(evaluate(linked, exampleSubject())).toEqual(evaluate(linkFixture(), exampleSubject()));
    expect(reference.holidays).toEqual({});
    expect(Object.keys(reference.groups)).toEqual(['river']);
  });
});
