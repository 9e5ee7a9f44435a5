// The service worker: the phone's pages without a network, and the outbox when the signal returns.
//
// Pages and scripts of one build stay together in one cache; the next build comes in as a whole.  Nothing of the API is
// ever kept here.
import { send_outbox } from '../phone/outbox_send';
import { kept } from '../phone/outbox';

declare const KEPT_FILES: string[];
declare const KEPT_VERSION: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const kCache = `tocsin-${KEPT_VERSION}`;

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(kCache).then((cache) => cache.addAll(KEPT_FILES)).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('tocsin-') && name !== kCache) await caches.delete(name);
    }
    await worker.clients.claim();
  })());
});

// The report page, an alert's and the sign-in page are one file.
const kPhonePages = ['/', '/a', '/s'];

async function answer(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(kCache);
  const found = await cache.match(kPhonePages.includes(path) ? '/' : path);
  if (found !== undefined) return found;
  const response = await fetch(request);
  // Parts that are read later, as the map: under names that never mean something else.
  if (response.ok && /^\/app\/[^/]+-[A-Z0-9]{8}\.(js|css|png)$/.test(path)) await cache.put(path, response.clone());
  return response;
}

worker.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== worker.location.origin) return;
  const page = event.request.mode === 'navigate' && kPhonePages.includes(pathname);
  if (page || pathname.startsWith('/app/') || KEPT_FILES.includes(pathname)) event.respondWith(answer(event.request, pathname));
});

interface SyncEvent extends ExtendableEvent {
  tag: string;
}

async function send(): Promise<void> {
  const me = await kept<{ owner: string }>('me');
  const end = await send_outbox(me?.owner ?? null, (await kept<string>('language')) ?? 'zh');
  for (const client of await worker.clients.matchAll({ includeUncontrolled: true })) client.postMessage('outbox');
  if (end === 'later') throw new Error('again'); // the browser tries again, later each time
}

worker.addEventListener('sync' as 'message', (event) => {
  const sync = event as unknown as SyncEvent;
  if (sync.tag === 'tocsin-outbox') sync.waitUntil(send());
});
