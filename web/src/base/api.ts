// The daemon's API as the pages use it: one request at a time, JSON both ways, problems as values of one class.
//
// docs/api/openapi.yaml says what each operation takes and gives; src/base/model.ts has the shapes that pages read.
import { language } from './words';

// What went wrong, in the server's own words (RFC 9457) or, with status 0, because it could not be reached.
export class Problem extends Error {
  constructor(
    readonly status: number, // 0: no network, or no answer in time
    readonly type: string, // "urn:tocsin:problem:invalid-field"
    readonly title: string,
    readonly detail: string,
    readonly field: string,
    readonly retryAfter: number, // seconds; 0: not said
    readonly body: unknown, // the whole answer, for problems that carry findings
  ) {
    super(detail === '' ? title : `${title}: ${detail}`);
  }
  // Nobody could be reached, or said "later": the same may be sent again.
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504;
  }
  get signedOut(): boolean {
    return this.status === 401;
  }
}

export interface Wish {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown; // sent as JSON
  bytes?: Blob; // sent as it is, under its own type
  ifMatch?: string; // a version, without quotes
  ifNoneMatch?: string; // an entity tag, with quotes
  within?: number; // milliseconds for all of it; 15,000 unless told
  keepalive?: boolean; // goes on when the page is closed
  blob?: boolean; // the answer as a Blob: a file to keep
}

export interface Answer<T> {
  status: number;
  value: T; // undefined with 204 and 304
  etag: string; // with quotes, as it came; empty when absent
}

// Called with each 401 but those of signing in: the session is over.
export const signedOutListeners = new Set<() => void>();

// The token of an alert's link, while its page is open: it goes with each request, and the cookie stays away.
export const link_token = { value: '' };

function headers_of(wish: Wish): Record<string, string> {
  const headers: Record<string, string> = { 'Accept-Language': language.value, 'X-Tocsin': '1' };
  if (link_token.value !== '') headers['Authorization'] = `Bearer ${link_token.value}`;
  if (wish.bytes !== undefined) headers['Content-Type'] = wish.bytes.type;
  else if (wish.method !== undefined && wish.method !== 'GET') headers['Content-Type'] = 'application/json';
  if (wish.ifMatch !== undefined) headers['If-Match'] = `"${wish.ifMatch}"`;
  if (wish.ifNoneMatch !== undefined && wish.ifNoneMatch !== '') headers['If-None-Match'] = wish.ifNoneMatch;
  return headers;
}

function is_object(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

async function problem_of(response: Response): Promise<Problem> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;
  }
  const said = (key: string): string => {
    const value = is_object(body) ? body[key] : undefined;
    return typeof value === 'string' ? value : '';
  };
  const wait = Number(response.headers.get('Retry-After') ?? '0');
  return new Problem(response.status, said('type'), said('title'), said('detail'), said('field'),
    Number.isFinite(wait) ? wait : 0, body);
}

// Sends one request.  Throws Problem for everything but 2xx and 304.
export async function ask<T>(path: string, wish: Wish = {}): Promise<Answer<T>> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), wish.within ?? 15_000);
  let response: Response;
  try {
    response = await fetch(path, {
      method: wish.method ?? 'GET',
      headers: headers_of(wish),
      credentials: link_token.value === '' ? 'same-origin' : 'omit',
      cache: 'no-store',
      signal: stop.signal,
      keepalive: wish.keepalive ?? false,
      ...(wish.bytes !== undefined ? { body: wish.bytes }
        : wish.method !== undefined && wish.method !== 'GET' ? { body: JSON.stringify(wish.body ?? {}) } : {}),
    });
    const etag = response.headers.get('ETag') ?? '';
    if (response.status === 304 || response.status === 204) {
      return { status: response.status, value: undefined as T, etag };
    }
    if (response.ok) {
      if (wish.blob === true) return { status: response.status, value: (await response.blob()) as T, etag };
      const json = (response.headers.get('Content-Type') ?? '').includes('json');
      return { status: response.status, value: (json ? await response.json() : await response.text()) as T, etag };
    }
  } catch {
    throw new Problem(0, '', '', '', '', 0, undefined);
  } finally {
    clearTimeout(timer);
  }
  const problem = await problem_of(response);
  if (problem.signedOut && !path.startsWith('/api/v1/sign-in')) signedOutListeners.forEach((tell) => tell());
  throw problem;
}

export async function get<T>(path: string): Promise<T> {
  return (await ask<T>(path)).value;
}

export async function post<T>(path: string, body: unknown = {}, wish: Omit<Wish, 'method' | 'body'> = {}): Promise<T> {
  return (await ask<T>(path, { ...wish, method: 'POST', body })).value;
}

// "/api/v1/incidents" and {open: true, cursor: undefined} -> "/api/v1/incidents?open=true"
export function with_query(path: string, query: Record<string, string | number | boolean | null | undefined>): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}

// For what may be sent again without doing it twice: 22 characters of [A-Za-z0-9], as report keys are.
export function new_key(): string {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bytes = crypto.getRandomValues(new Uint8Array(13));
  return Array.from(bytes, (b) => letters[b & 31]).join('');
}
