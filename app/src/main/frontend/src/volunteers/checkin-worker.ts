/** Keeps the check-in page and its parts in the phone: from the network if there is one, else as it was last seen. */
interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const STORE = 'musubi-checkin';

self.addEventListener('fetch', event => {
  const fetching = event as Fetching;
  const { request } = fetching;
  if (request.method === 'GET') {
    fetching.respondWith(answer(request));
  }
});

async function answer(request: Request): Promise<Response> {
  const store = await caches.open(STORE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) {
      await store.put(request, fresh.clone());
    }
    return fresh;
  } catch (e) {
    const kept = await store.match(request);
    if (kept) {
      return kept;
    }
    throw e;
  }
}
