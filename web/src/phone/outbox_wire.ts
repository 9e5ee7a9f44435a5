// One request of the outbox, for the page and for its worker: no page, no language of its own.
// What came of one try.
export type End =
  | 'done' // nothing waits
  | 'later' // not reached, or told to wait
  | 'sign_in' // nobody is signed in
  | 'busy'; // another page or the worker is at it

const kWithin = 20_000; // milliseconds for one request

interface Asked {
  language: string;
  body?: BodyInit; // with one it is a POST
  type?: string; // of the body; JSON unless told
  token?: string; // of an alert's link; without one the session's cookie goes with it
  ifMatch?: string; // a version
}

// null: nobody answered in time.
export async function ask(path: string, { language, body, type = 'application/json', token = '', ifMatch = '' }: Asked): Promise<Response | null> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), kWithin);
  const headers: Record<string, string> = { 'Accept-Language': language, 'X-Tocsin': '1' };
  if (body !== undefined) headers['Content-Type'] = type;
  if (token !== '') headers['Authorization'] = `Bearer ${token}`;
  if (ifMatch !== '') headers['If-Match'] = `"${ifMatch}"`;
  try {
    return await fetch(path, {
      method: body === undefined ? 'GET' : 'POST', credentials: token === '' ? 'same-origin' : 'omit', cache: 'no-store',
      signal: stop.signal, headers, ...(body === undefined ? {} : { body }),
    });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

export interface Refusal {
  why: string; // in the server's words
  field: string; // of the body; empty: of no one field
}

export async function refusal_of(response: Response): Promise<Refusal> {
  try {
    const { title, detail = '', field = '' } = (await response.json()) as { title?: string; detail?: string; field?: string };
    return { why: detail === '' ? (title ?? `${response.status}`) : detail, field };
  } catch {
    return { why: `${response.status}`, field: '' };
  }
}

export const reason_of = async (response: Response): Promise<string> => (await refusal_of(response)).why;

// Said "not now": the same request may succeed in a while.
export const passing = (status: number): boolean => status === 408 || status === 429 || status >= 500;
