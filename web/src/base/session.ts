// Who is signed in.  The session itself is a cookie that scripts cannot read.
import { signal } from '@preact/signals';

import { Problem, ask, get, post, signedOutListeners } from './api';
import type { Me, Role, SignedIn } from './model';

// undefined: not asked yet; null: nobody.
export const me = signal<Me | null | undefined>(undefined);

signedOutListeners.add(() => {
  if (me.value !== undefined) me.value = null;
});

// Asks the server; leaves `me` as it was when it cannot be reached.
export async function look_who(): Promise<void> {
  try {
    me.value = await get<Me>('/api/v1/session');
  } catch (problem) {
    if (problem instanceof Problem && problem.signedOut) me.value = null;
  }
}

export async function sign_out(): Promise<void> {
  await post('/api/v1/sign-out');
  me.value = null;
}

const device = (): string => navigator.userAgent.slice(0, 80);

export async function ask_code(number: string, person: string | null = null): Promise<string> {
  return (await post<{ request: string }>('/api/v1/sign-in/code', { number, person })).request;
}

export async function sign_in_by_code(request: string, code: string): Promise<void> {
  await ask<SignedIn>('/api/v1/sign-in', { method: 'POST', body: { request, code, device: device() } });
  await look_who();
}

export async function sign_in_by_password(
  name: string, password: string, factor: { totp: string } | { recovery_code: string } | null,
): Promise<void> {
  await ask<SignedIn>('/api/v1/sign-in/password', {
    method: 'POST', body: { name, password, ...(factor ?? {}), device: device() },
  });
  await look_who();
}

export function has_role(...roles: Role[]): boolean {
  return me.value !== undefined && me.value !== null && roles.includes(me.value.role);
}
