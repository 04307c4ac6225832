import type { Form, MaterialDefinition, Topic } from '../call.ts';
import type { ReferenceData } from '../reference.ts';
import type { Application, Materials } from '../subject.ts';

/**
 * Something that often goes wrong and that a machine can only suspect. It rests on no clause, so it is no verdict and never stands in
 * the way; the applicant looks and decides.
 */
export type Hint = { kind: string; title: string; text: string; fields: string[] };

/** `day` is the calendar date `YYYY-MM-DD` on which the application is looked at. */
export type HintInput = {
  application: Application;
  form: Form;
  topics: readonly Pick<Topic, 'code' | 'title' | 'help'>[];
  topicField?: string;
  titles: ReferenceData['titles'];
  date: string;
  /** The files with what was told beside them, and the papers that they are. */
  materials?: Materials;
  papers?: readonly Pick<MaterialDefinition, 'key' | 'title'>[];
};
