/**
 * A form with data-boxes chooses rows by their check boxes (data-box): Space for one, Shift with a click, Space or the
 * arrows for all in between, j k or arrows from row to row, Enter opens the row's link (data-open). What says its key with
 * aria-keyshortcuts is pressed by it.
 */
import { all, find } from './dom.ts';
import { onKey } from './keys.ts';
import { text } from './texts.ts';

export function startBoxes(within: ParentNode): void {
  for (const form of all<HTMLFormElement>('form[data-boxes]', within)) {
    new Boxes(form);
  }
}

class Boxes {
  private readonly boxes: HTMLInputElement[];
  private anchor = -1;

  constructor(private readonly form: HTMLFormElement) {
    this.boxes = all<HTMLInputElement>('input[data-box]:not(:disabled)', form);
    form.addEventListener('click', event => {
      const place = this.boxes.indexOf(event.target as HTMLInputElement);
      if (place >= 0) {
        this.chosen(place, event.shiftKey);
      }
    });
    find<HTMLInputElement>('input[data-boxes-all]', form)?.addEventListener('change', event => {
      const { checked } = event.target as HTMLInputElement;
      this.boxes.forEach(box => (box.checked = checked));
      this.count();
    });
    onKey(['j', 'ArrowDown'], text('frame.keys.next-row'), event => this.go(1, event.shiftKey));
    onKey(['k', 'ArrowUp'], text('frame.keys.previous-row'), event => this.go(-1, event.shiftKey));
    onKey('Enter', text('frame.keys.open-row'), () => this.open());
    for (const element of all('[aria-keyshortcuts]', form)) {
      onKey(element.getAttribute('aria-keyshortcuts') ?? '', (element.textContent ?? '').trim(), () => {
        element.focus();
        element.click();
      });
    }
    this.count();
  }

  private here(): number {
    return this.boxes.indexOf(document.activeElement as HTMLInputElement);
  }

  private go(step: number, range: boolean): boolean {
    const from = this.here();
    const active = document.activeElement;
    if (from < 0 && active?.matches('a, button, input, select, summary')) {
      return false; // arrows are that element's own
    }
    const place = from < 0 ? 0 : Math.max(0, Math.min(this.boxes.length - 1, from + step));
    const box = this.boxes[place];
    if (!box) {
      return false;
    }
    box.focus();
    if (range) {
      this.anchor = this.anchor < 0 ? Math.max(0, from) : this.anchor;
      box.checked = true;
      this.chosen(place, true);
    }
    return true;
  }

  private open(): boolean {
    const link = find<HTMLAnchorElement>('a[data-open]', this.boxes[this.here()]?.closest('tr') ?? document.createElement('p'));
    link?.click();
    return link !== null;
  }

  private chosen(place: number, range: boolean): void {
    const checked = this.boxes[place]?.checked ?? false;
    if (range && this.anchor >= 0) {
      const [from, to] = [Math.min(this.anchor, place), Math.max(this.anchor, place)];
      this.boxes.slice(from, to + 1).forEach(box => (box.checked = checked));
    } else {
      this.anchor = place;
    }
    this.count();
  }

  private count(): void {
    const chosen = this.boxes.filter(box => box.checked).length;
    const status = find('[data-boxes-chosen]', this.form);
    if (status) {
      status.textContent = chosen === 0 ? (status.dataset['none'] ?? '') : text('frame.table.chosen', chosen);
    }
    this.boxes.forEach(box => box.closest('tr')?.setAttribute('aria-selected', String(box.checked)));
  }
}
