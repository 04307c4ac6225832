/** The rules of the invented call, with their cases. */
export const RULES = `
- id: lead-registered
  clause: T-3
  title: 注册时间
  kind: registered_on_or_before
  field: lead.registeredOn
  bound: 2029-01-01
  cases:
    - { name: 当日, set: { lead.registeredOn: 2029-01-01 }, expect: pass }
    - { name: 次日, set: { lead.registeredOn: 2029-01-02 }, expect: fail, fields: [lead.registeredOn] }
    - { name: 没填, set: { lead.registeredOn: ~ }, expect: unknown }
- id: lead-kind
  clause: T-3
  title: 单位类型
  require: lead.kind in ["enterprise", "university"] && lead.legalPerson
  except: [{ when: lead.kind == "club", outcome: needs_human, to: recommendingDepartment, say: 社团能否申报？ }]
  cases:
    - { name: 社团, set: { lead.kind: club }, expect: needs_human }
    - { name: 分公司, set: { lead.legalPerson: false }, expect: fail }
    - { name: 企业, expect: pass }
- id: lead-here
  clause: T-3
  title: 注册地
  require: division_within(lead.division, "210000")
  cases:
    - { name: 省内, expect: pass }
    - { name: 省外, set: { lead.division: '310000' }, expect: fail }
- id: person-age
  clause: T-4
  title: 负责人年龄
  kind: born_on_or_after
  field: person.birth
  bound: param.bornFrom
  except: [{ when: person.academician, outcome: not_applicable, say: 院士不受此限 }]
  cases:
    - { name: 当日, set: { person.birth: 1970-01-01 }, expect: pass }
    - { name: 前一日, set: { person.birth: 1969-12-31 }, expect: fail }
    - { name: 院士, set: { person.birth: 1940-01-01, person.academician: true }, expect: not_applicable }
    - { name: 年轻，不知是否院士, set: { person.academician: ~ }, expect: pass }
    - { name: 年长，不知是否院士, set: { person.birth: 1940-01-01, person.academician: ~ }, expect: unknown }
- id: person-level
  clause: T-4
  title: 职称或学位
  kind: title_or_degree
  rank: person.title
  degree: person.degree
  minRank: associateSenior
  degrees: [doctor]
  cases:
    - { name: 副教授硕士, set: { person.title: associateProfessor, person.degree: master }, expect: pass }
    - { name: 讲师博士, set: { person.title: lecturer, person.degree: doctor }, expect: pass }
    - { name: 讲师硕士, set: { person.title: lecturer, person.degree: master }, expect: fail }
- id: self-raised
  clause: T-5
  title: 企业自筹比例
  under: { counted: all }
  when: lead.kind == "enterprise"
  kind: share_at_least
  part: budget.selfRaised
  whole: budget.total
  bound: param.share
  remedy: 请增加自筹资金，或者下调总预算。
  human: { when: budget.inKind > 0元, to: recommendingDepartment, question: 实物作价如何核定？ }
  cases:
    - { name: 恰好七成, set: { budget.total: 100万元, budget.selfRaised: 70万元 }, expect: pass }
    - { name: 差三十元, set: { budget.total: 99.99万元, budget.selfRaised: 69.99万元 }, expect: fail }
    - { name: 有实物, set: { budget.inKind: 1元 }, expect: needs_human }
    - { name: 高校, set: { lead.kind: university }, expect: not_applicable }
- id: cap
  clause: T-5
  title: 资助上限
  severity: soft
  require: budget.grant <= topic.cap
  explanation: budget.note
  cases:
    - { name: 恰好, set: { budget.grant: 30万元 }, expect: pass }
    - { name: 超一分, set: { budget.grant: 300000.01元 }, expect: fail }
    - { name: 乙类宽些, set: { budget.grant: 31万元, project.topic: b }, expect: pass }
- id: term
  clause: T-5
  title: 周期
  kind: months_between
  from: project.start
  to: project.end
  min: 24
  max: 36
  cases:
    - { name: 整两年, set: { project.start: 2031-01-01, project.end: 2032-12-31 }, expect: pass }
    - { name: 少一天, set: { project.start: 2031-01-01, project.end: 2032-12-30 }, expect: fail }
    - { name: 多一天, set: { project.start: 2031-01-01, project.end: 2034-01-01 }, expect: fail }
- id: sums
  clause: T-5
  title: 合计
  kind: sum_equals
  parts: [budget.grant, budget.selfRaised]
  total: budget.total
  cases:
    - { name: 相等, expect: pass }
    - { name: 多一分, set: { budget.total: 1000000.01元 }, expect: fail }
- id: partner-abroad
  clause: T-3
  title: 合作对象
  require: partners.list.filter(p, p.principal).exists(p, p.country != "CN")
  cases:
    - { name: 德国, expect: pass }
    - { name: 境内, set: { 'partners.list[p1].country': CN }, expect: fail }
- id: partner-river
  clause: T-3
  title: 沿河国家
  for_each: { row: p, in: partners.list, when: p.principal }
  require: in_group(p.country, "river", at.date)
  cases:
    - { name: 德国, expect: pass }
    - { name: 日本, set: { 'partners.list[p1].country': JP }, expect: fail, fields: ['partners.list[p1].country'] }
    - { name: 没填, set: { 'partners.list[p1].country': ~ }, expect: unknown }
    - { name: 没有主要合作单位, set: { 'partners.list[p1].principal': false }, expect: not_applicable }
- id: partner-share
  clause: T-5
  title: 合作单位不过三分之一
  kind: share_at_most
  part: partners.list.sum(p, p.share)
  whole: budget.grant
  bound: 1/3
  cases:
    - { name: 恰好, set: { 'partners.list[p1].share': 10万元 }, expect: pass }
    - { name: 多一分, set: { 'partners.list[p1].share': 100000.01元 }, expect: fail }
- id: ongoing
  clause: T-6
  title: 限项
  scope: person
  require: facts.projects.count(x, x.personId == person.idNumber && x.role == "principalInvestigator" && x.state == "ongoing") + 1 <= 2
  cases:
    - { name: 在研一项, set: { facts.projects: [{ id: P1, title: 旧项目, personId: '@person.idNumber', role: principalInvestigator, state: ongoing }] }, expect: pass }
    - name: 在研两项
      set: { facts.projects: [{ id: P1, title: 旧项目, personId: '@person.idNumber', role: principalInvestigator, state: ongoing }, { id: P2, title: 又一项, personId: '@person.idNumber', role: principalInvestigator, state: ongoing }] }
      expect: fail
    - { name: 查不到, set: { facts.sources.projects.status: down }, expect: unknown }
- id: honest
  clause: T-6
  title: 诚信
  kind: no_record
  people: [person.idNumber]
  organisations: [lead.uscc]
  where: m.serious && m.until >= at.date
  cases:
    - { name: 没有, expect: pass }
    - { name: 当日到期, set: { facts.misconduct: [{ subject: person, subjectId: '@person.idNumber', subjectName: 某人, field: research, serious: true, until: 2030-02-01 }] }, expect: fail }
    - { name: 昨日到期, set: { facts.misconduct: [{ subject: person, subjectId: '@person.idNumber', subjectName: 某人, field: research, serious: true, until: 2030-01-31 }] }, expect: pass }
- id: hint
  clause: T-4
  title: 方向
  severity: hint
  require: contains(person.fields, "x")
  cases:
    - { name: 有, expect: pass }
    - { name: 没有, set: { person.fields: [y] }, expect: fail }
`;
