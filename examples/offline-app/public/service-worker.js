// Answers with what the page has put into the cache when the network does not answer.
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) =>
  event.respondWith(fetch(event.request).catch(() => caches.match(event.request, { ignoreVary: true }))),
);
