/**
 * Coming and going, with or without a network: what is tapped is kept in the phone with its own time and key, and sent
 * until the server has answered.
 */
interface Tap {
  readonly path: string;
  readonly key: string;
  readonly number: string;
  readonly kind: string;
  readonly at: string;
}

const QUEUE = 'musubi-checkin-queue';
const NUMBER = 'musubi-checkin-number';
const AGAIN_MS = 15_000;

const form = document.querySelector<HTMLFormElement>('#checkin');
const said = document.querySelector<HTMLElement>('#checkin-said');
const number = document.querySelector<HTMLInputElement>('#number');

const words = (key: string): string => form?.dataset[key] ?? '';
const waiting = (): Tap[] => JSON.parse(localStorage.getItem(QUEUE) ?? '[]') as Tap[];
const keep = (taps: readonly Tap[]): void => localStorage.setItem(QUEUE, JSON.stringify(taps));

function say(text: string): void {
  if (said) {
    said.textContent = text;
  }
}

function key(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

let sending = false;

async function send(): Promise<void> {
  if (sending) {
    return;
  }
  sending = true;
  try {
    for (let taps = waiting(); taps.length > 0; taps = waiting()) {
      const tap = taps[0];
      if (!tap) {
        break;
      }
      const { path, ...fields } = tap;
      const answer = await fetch(path, { method: 'POST', body: new URLSearchParams({ ...fields }), credentials: 'omit' });
      const content = (await answer.json()) as { taken?: boolean; code?: string };
      if (answer.status >= 500) {
        break;
      }
      keep(waiting().filter(each => each.key !== tap.key));
      say(content.taken ? words(tap.kind === 'in' ? 'cameIn' : 'wentOut') : words('refused'));
    }
  } catch {
    // No network, or no answer anybody can read: it is sent again later.
  } finally {
    sending = false;
  }
  if (waiting().length > 0) {
    say(words('kept'));
  }
}

if (form && number) {
  number.value = localStorage.getItem(NUMBER) ?? '';
  form.addEventListener('submit', event => {
    event.preventDefault();
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (number.value.trim() === '') {
      say(words('missing'));
      number.focus();
      return;
    }
    localStorage.setItem(NUMBER, number.value.trim());
    keep([
      ...waiting(),
      {
        path: form.getAttribute('action') ?? location.pathname,
        key: key(),
        number: number.value.trim(),
        kind: button?.value ?? 'in',
        at: new Date().toISOString(),
      },
    ]);
    void send();
  });
  addEventListener('online', () => void send());
  setInterval(() => void send(), AGAIN_MS);
  void send();
}

// The page itself stays in the phone, where the browser allows it.
if ('serviceWorker' in navigator) {
  void navigator.serviceWorker
    .register('/checkin/worker.js', { scope: '/checkin/' })
    .then(async () => {
      const store = await caches.open('musubi-checkin');
      const parts = performance
        .getEntriesByType('resource')
        .map(entry => entry.name)
        .filter(name => name.startsWith(`${location.origin}/assets/`));
      await store.addAll([location.href, ...parts]);
    })
    .catch(() => undefined);
}
