import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isStream } from './is-stream.ts';
import type { Refusal } from './result.ts';
import { findUnstorableText } from './clean-text.ts';

type Validation = NonNullable<FastifyError['validation']>[number];

/** Every answer to a bad request is a refusal in Chinese; a fault shows its request number and nothing of its inside. */
export function registerErrors(app: FastifyInstance): void {
  app.addHook('preValidation', async (request, reply) => {
    const where = isStream(request.body) ? undefined : findUnstorableText(request.body);
    if (where === undefined) return undefined;
    return refuse(reply, 400, {
      code: 'unstorable_text',
      message: `“${where}”含有不能保存的字符（空字符或残缺的字符）。`,
      where,
      remedy: '请删去该处看不见的字符后重试。',
    });
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const answer = toRefusal(error);
    if (answer) return refuse(reply, answer.status, answer.refusal);
    request.log.error(error);
    return refuse(reply, 500, {
      code: 'fault',
      message: `系统出错，您的操作没有完成。报修时请提供编号 ${request.id}。`,
      remedy: '已保存的内容不受影响，请稍后重试。',
    });
  });
}

export const notFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  refuse(reply, 404, { code: 'not_found', message: `没有这个地址：${request.method} ${request.url.split('?')[0]}` });

const refuse = (reply: FastifyReply, status: number, refusal: Refusal): FastifyReply =>
  reply.code(status).send({ refusal });

function toRefusal(error: FastifyError): { status: number; refusal: Refusal } | undefined {
  const first = error.validation?.[0];
  if (first) return { status: 400, refusal: fromValidation(first, error.validationContext ?? 'body') };
  const status = error.statusCode ?? 500;
  if (status === 413) {
    return { status, refusal: { code: 'too_large', message: '提交的内容太大。', remedy: '请缩小后重试。' } };
  }
  if (status === 415) {
    return {
      status,
      refusal: { code: 'media_type', message: '不接受这种类型的内容。', remedy: '请按接口说明设置 content-type。' },
    };
  }
  if (status >= 400 && status < 500) {
    return {
      status,
      refusal: { code: 'bad_request', message: '请求的内容读不懂。', remedy: '请检查 JSON 是否完整、格式是否正确。' },
    };
  }
  return undefined;
}

const CONTEXTS: Record<string, string> = { body: '内容', params: '地址', querystring: '查询条件', headers: '请求头' };

function fromValidation(error: Validation, context: string): Refusal {
  const inside = error.instancePath.split('/').filter(Boolean);
  const { params } = error;
  const extra = params['missingProperty'] ?? params['additionalProperty'];
  const where = [...inside, ...(typeof extra === 'string' ? [extra] : [])].join('.') || (CONTEXTS[context] ?? context);
  return { code: 'invalid', message: `“${where}”${complaint(error.keyword, params)}。`, where };
}

function complaint(keyword: string, params: Record<string, unknown>): string {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'required':
      return '没有填写';
    case 'additionalProperties':
      return '不是这里的字段';
    case 'type':
      return `类型不对，应为${TYPES[String(params['type'])] ?? String(params['type'])}`;
    case 'minLength':
      return limit === '1' ? '没有填写' : `太短，至少${limit}个字`;
    case 'maxLength':
      return `太长，至多${limit}个字`;
    case 'minimum':
      return `不能小于${limit}`;
    case 'maximum':
      return `不能大于${limit}`;
    case 'format':
      return `格式不对，应为${FORMATS[String(params['format'])] ?? String(params['format'])}`;
    case 'const':
    case 'enum':
    case 'anyOf':
      return '不是允许的值';
    default:
      return '格式不对';
  }
}

const TYPES: Record<string, string> = {
  string: '文字',
  integer: '整数',
  number: '数字',
  boolean: '是或否（true/false）',
  object: '对象',
  array: '列表',
};
const FORMATS: Record<string, string> = { uuid: '编号（uuid）', date: '日期（如 2026-05-18）', 'date-time': '时刻' };
