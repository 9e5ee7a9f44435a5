// Which page of a face is shown: what stands behind # in the address, as "/incidents/101?tab=people".
import { signal } from '@preact/signals';

export interface Route {
  path: string[]; // ["incidents", "101"]
  query: URLSearchParams;
}

function read(): Route {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const parts = path.split('/').filter((part) => part !== '');
  return { path: parts.map((part) => safely_decoded(part)), query: new URLSearchParams(query) };
}

function safely_decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const route = signal<Route>(typeof location === 'undefined' ? { path: [], query: new URLSearchParams() } : read());

if (typeof addEventListener !== 'undefined' && typeof document !== 'undefined') {
  addEventListener('hashchange', () => {
    route.value = read();
    scrollTo(0, 0);
  });
}

// href of a page: link_to('incidents', 101)
export function link_to(...path: (string | number)[]): string {
  return '#/' + path.map((part) => encodeURIComponent(String(part))).join('/');
}

export function go(...path: (string | number)[]): void {
  location.hash = link_to(...path);
}
