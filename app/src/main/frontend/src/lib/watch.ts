/**
 * Tells while a form is open that somebody else changed the same thing: see it, keep on with one's own, or take theirs.
 * A form says with data-watch="kind/id" what it is about. Sending still compares versions; nothing is overwritten.
 */
import { read } from './api.ts';
import { all, make } from './dom.ts';
import { age, text } from './texts.ts';

const EVERY = 20_000;

export function startWatching(within: ParentNode): void {
  for (const form of all<HTMLFormElement>('form[data-watch]', within)) {
    watch(form, form.dataset['watch'] ?? '');
  }
}

interface Changes {
  readonly asOf: string;
  readonly things: readonly { readonly kind: string; readonly id: number; readonly by: string | null; readonly at: string }[];
}

function watch(form: HTMLFormElement, thing: string): void {
  const look = (since: string): Promise<Changes> =>
    read<Changes>(`/api/v1/changes?since=${encodeURIComponent(since)}&thing=${encodeURIComponent(thing)}`);
  // The server's clock counts, not this machine's.
  const opened = look(new Date().toISOString()).then(changes => changes.asOf);
  const timer = setInterval(() => {
    if (document.hidden) {
      return;
    }
    opened
      .then(look)
      .then(changes => {
        const last = changes.things[0];
        if (last) {
          clearInterval(timer);
          tell(form, last.by, age(last.at, Date.parse(changes.asOf)));
        }
      })
      .catch(() => undefined); // the next look tells, or sending does
  }, EVERY);
}

function tell(form: HTMLFormElement, by: string | null, when: string): void {
  const keep = make('button', { type: 'button', class: 'button compact' }, text('frame.changed.keep'));
  const take = make('button', { type: 'button', class: 'button compact' }, text('frame.changed.take'));
  const here = location.pathname + location.search;
  const notice = make(
    'div',
    { class: 'notice warn', role: 'status', 'data-changed': true },
    make('p', {}, by === null ? text('frame.changed', when) : text('frame.changed.by', by, when)),
    make(
      'p',
      { class: 'cluster' },
      make('a', { class: 'button compact', href: here, target: '_blank', rel: 'noopener' }, text('frame.changed.see')),
      keep,
      take,
    ),
  );
  keep.addEventListener('click', () => notice.remove());
  take.addEventListener('click', () => {
    form.dispatchEvent(new CustomEvent('musubi:forget-draft'));
    location.assign(here);
  });
  form.before(notice);
}
