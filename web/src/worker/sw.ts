// The service worker: the phone's pages without a network.
declare const KEPT_FILES: string[];
declare const KEPT_VERSION: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const kCache = `tocsin-${KEPT_VERSION}`;

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(kCache).then((cache) => cache.addAll(KEPT_FILES)).then(() => worker.skipWaiting()));
});

export {};
