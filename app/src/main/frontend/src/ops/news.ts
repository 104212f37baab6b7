/** Looks now and then whether other people changed something, and says so without moving what the reader looks at. */
import { read } from '../lib/api.ts';
import { get } from '../lib/dom.ts';
import { age, counted, text } from '../lib/texts.ts';
import type { Changes } from './types.ts';

const EVERY = 30_000;

export class News {
  private since: string | null = null;
  private readonly box: HTMLElement;

  /** @param show reads everything again */
  constructor(
    page: HTMLElement,
    show: () => void,
    private readonly found: (changes: Changes) => void,
  ) {
    this.box = get('.ops-news', page);
    get('button', this.box).addEventListener('click', show);
    setInterval(() => void this.look(), EVERY);
    document.addEventListener('visibilitychange', () => void this.look());
  }

  /** What is on the page is as of now. */
  loaded(asOf: string): void {
    this.since = asOf;
    this.box.hidden = true;
  }

  private async look(): Promise<void> {
    if (this.since === null || document.hidden) {
      return;
    }
    try {
      const changes = await read<Changes>(`/api/v1/changes?since=${encodeURIComponent(this.since)}`);
      const last = changes.things[0];
      this.box.hidden = last === undefined;
      if (last) {
        const when = age(last.at, Date.parse(changes.asOf));
        get('span', this.box).textContent =
          changes.by.length === 0
            ? counted('ops.news', changes.count, when)
            : counted('ops.news.by', changes.count, when, changes.by.join(text('ops.news.and')));
        this.found(changes);
      }
    } catch {
      // The next look tells; whoever does something meanwhile is told by that.
    }
  }
}
