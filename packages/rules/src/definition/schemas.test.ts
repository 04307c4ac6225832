import { describe, expect, it } from 'vitest';
import { FIXTURE } from '../testing/compiled-fixture.ts';
import { applicationSchema, definitionSchemas, factsSchema, subjectSchema } from './schemas.ts';

describe('JSON Schemas', () => {
  it('title every answer in Chinese', () => {
    const schema = JSON.stringify(applicationSchema(FIXTURE));
    for (const { label } of FIXTURE.form.sections.flatMap(({ fields }) => fields)) expect(schema).toContain(label);
    expect(JSON.parse(schema)).toMatchObject({
      properties: { budget: { title: '经费', properties: { total: { title: '总预算', type: 'integer' } } } },
    });
    expect(JSON.stringify(factsSchema())).toContain('到期未验收');
    expect(JSON.stringify(subjectSchema(FIXTURE))).toContain('合作协议');
  });

  it('describe every file of a call', () => {
    expect(Object.keys(definitionSchemas())).toEqual(
      expect.arrayContaining(['call.yaml', 'clauses.yaml', 'form.yaml', 'rules.yaml', 'materials.yaml', 'quotas.yaml']),
    );
    expect(definitionSchemas()['rules.yaml']).toMatchObject({
      type: 'array',
      items: { required: ['id', 'clause', 'title'] },
    });
  });
});
