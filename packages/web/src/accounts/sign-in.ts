import { call, type Answer } from '../api/client.ts';
import type { Me } from '../api/types.ts';

export const signIn = (login: string, password: string): Promise<Answer<Me>> =>
  call<Me>('POST', '/session', { body: { login, password } });
