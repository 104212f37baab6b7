/** The list: a list box of any length, of which only the rows in sight stand in the page. */
import { make } from '../lib/dom.ts';
import { windowOf } from './state.ts';

export interface Row {
  readonly id: string;
}

export class List<R extends Row> {
  private rows: readonly R[] = [];
  private active = -1;
  private readonly window = make('div', { class: 'window', role: 'presentation' });
  private rowHeight = 80;
  private frame = 0;

  constructor(
    private readonly box: HTMLElement,
    private readonly render: (row: R) => Node[],
    private readonly on: { choose: (row: R) => void; open: (row: R) => void },
  ) {
    box.append(this.window);
    box.addEventListener('scroll', () => this.later(), { passive: true });
    addEventListener('scroll', () => this.later(), { passive: true });
    new ResizeObserver(() => this.later()).observe(box);
    box.addEventListener('click', event => {
      const element = (event.target as HTMLElement).closest<HTMLElement>('.row');
      const row = element && this.rows[Number(element.dataset['index'])];
      if (row) {
        this.activate(Number(element.dataset['index']));
        this.on.open(row);
      }
    });
  }

  show(rows: readonly R[], keep: string | null): void {
    this.rows = rows;
    this.active = keep === null ? -1 : rows.findIndex(row => row.id === keep);
    this.draw();
  }

  get activeRow(): R | null {
    return this.rows[this.active] ?? null;
  }

  /** Moves through the list by so many rows; from nowhere it begins at the top. */
  step(by: number): void {
    if (this.rows.length > 0) {
      this.activate(Math.max(0, Math.min(this.rows.length - 1, this.active < 0 ? 0 : this.active + by)));
      const row = this.activeRow;
      if (row) {
        this.on.choose(row);
      }
    }
  }

  openActive(): boolean {
    const row = this.activeRow;
    if (row) {
      this.on.open(row);
    }
    return row !== null;
  }

  mark(id: string | null): void {
    const index = id === null ? -1 : this.rows.findIndex(row => row.id === id);
    if (index !== this.active) {
      this.activate(index);
    }
  }

  private activate(index: number): void {
    this.active = index;
    if (index >= 0) {
      const top = index * this.rowHeight;
      if (this.scrollsItself()) {
        if (top < this.box.scrollTop) {
          this.box.scrollTop = top;
        } else if (top + this.rowHeight > this.box.scrollTop + this.box.clientHeight) {
          this.box.scrollTop = top + this.rowHeight - this.box.clientHeight;
        }
      } else {
        const at = this.box.getBoundingClientRect().top + top;
        if (at < 80 || at + this.rowHeight > innerHeight - 80) {
          scrollBy({ top: at - innerHeight / 3 });
        }
      }
    }
    this.draw();
  }

  private scrollsItself(): boolean {
    return getComputedStyle(this.box).overflowY !== 'visible';
  }

  private later(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    this.rowHeight = 5 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const own = this.scrollsItself();
    const scrolled = own ? this.box.scrollTop : Math.max(0, -this.box.getBoundingClientRect().top);
    const height = own ? this.box.clientHeight : innerHeight;
    const [first, last] = windowOf(this.rows.length, this.rowHeight, scrolled, height);
    this.window.style.blockSize = `${this.rows.length * this.rowHeight}px`;
    const wanted = new Set(Array.from({ length: last - first }, (_, place) => first + place));
    if (this.active >= 0) {
      wanted.add(this.active);
    }
    this.window.replaceChildren(
      ...[...wanted].sort((a, b) => a - b).flatMap(index => {
        const row = this.rows[index];
        if (!row) {
          return [];
        }
        const element = make(
          'div',
          {
            class: 'row',
            role: 'option',
            id: `row-${row.id}`,
            'data-index': index,
            'aria-selected': index === this.active ? 'true' : 'false',
            'aria-setsize': this.rows.length,
            'aria-posinset': index + 1,
          },
          ...this.render(row),
        );
        element.style.insetBlockStart = `${index * this.rowHeight}px`;
        return [element];
      }),
    );
    const active = this.activeRow;
    if (active) {
      this.box.setAttribute('aria-activedescendant', `row-${active.id}`);
    } else {
      this.box.removeAttribute('aria-activedescendant');
    }
  }
}
