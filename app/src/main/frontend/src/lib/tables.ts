/**
 * Tables with class "data": sort by header (data-sort="number|text|time" on th, data-value on cells that show something
 * else than they mean), filter by words, totals of what is shown (tfoot cells with data-total), choose rows with click,
 * shift and arrow keys, copy them for a spreadsheet (Ctrl+C), CSV of what is shown, a window of rows above 200.
 */
import { all, get, icon, make } from './dom.ts';
import { number, text } from './texts.ts';

const WINDOW = 200;

export function startTables(within: ParentNode): void {
  for (const table of all<HTMLTableElement>('table.data', within)) {
    if (table.dataset['started'] !== 'true') {
      table.dataset['started'] = 'true';
      new DataTable(table);
    }
  }
}

class DataTable {
  private readonly body: HTMLTableSectionElement;
  private readonly box: HTMLElement;
  private readonly rows: HTMLTableRowElement[];
  private shown: HTMLTableRowElement[];
  private chosen = new Set<HTMLTableRowElement>();
  private anchor = -1;
  private readonly status = make('span', { class: 'shown', role: 'status' });

  constructor(private readonly table: HTMLTableElement) {
    this.body = get<HTMLTableSectionElement>('tbody', table);
    this.rows = [...this.body.rows];
    this.shown = this.rows;
    this.box = table.closest<HTMLElement>('.table-box') ?? table.parentElement ?? table;
    this.addTools();
    this.addSorting();
    this.addChoosing();
    this.box.addEventListener('scroll', () => this.shown.length > WINDOW && this.draw(), { passive: true });
    this.draw();
  }

  private addTools(): void {
    if (this.table.dataset['tools'] === 'none' || this.rows.length === 0) {
      return;
    }
    const filter = make('input', {
      type: 'search',
      placeholder: text('frame.table.filter'),
      'aria-label': text('frame.table.filter'),
    });
    filter.addEventListener('input', () => {
      const words = filter.value.toLocaleLowerCase().normalize('NFKC').split(/\s+/).filter(Boolean);
      this.shown = this.rows.filter(row => {
        const content = (row.textContent ?? '').toLocaleLowerCase().normalize('NFKC');
        return words.every(word => content.includes(word));
      });
      this.box.scrollTop = 0;
      this.draw();
    });
    const save = make('button', { type: 'button', class: 'button compact' }, icon('download'), text('frame.table.csv'));
    save.addEventListener('click', () => this.saveCsv());
    this.box.before(make('div', { class: 'table-tools' }, filter, save, this.status));
  }

  private addSorting(): void {
    const headers = all<HTMLTableCellElement>('thead th', this.table);
    for (const header of headers) {
      const kind = header.dataset['sort'];
      if (!kind) {
        continue;
      }
      const button = make('button', { type: 'button', class: 'sort' });
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener('click', () => {
        const descending = header.getAttribute('aria-sort') === 'ascending';
        headers.forEach(other => other.removeAttribute('aria-sort'));
        header.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
        const compare = order(kind, header.cellIndex);
        const sorted = (list: HTMLTableRowElement[]): HTMLTableRowElement[] =>
          [...list].sort((a, b) => (descending ? compare(b, a) : compare(a, b)));
        this.rows.splice(0, this.rows.length, ...sorted(this.rows));
        this.shown = this.shown.length === this.rows.length ? this.rows : sorted(this.shown);
        this.draw();
      });
    }
  }

  private addChoosing(): void {
    if (this.table.dataset['choose'] !== 'rows') {
      return;
    }
    this.box.tabIndex = 0;
    this.body.addEventListener('click', event => {
      const row = (event.target as HTMLElement).closest('tr');
      if (row && !(event.target as HTMLElement).closest('a, button, input, select, label')) {
        this.choose(this.shown.indexOf(row), event.shiftKey, event.ctrlKey || event.metaKey);
      }
    });
    this.box.addEventListener('keydown', event => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && event.target === this.box) {
        event.preventDefault();
        this.choose(Math.max(0, Math.min(this.shown.length - 1, this.anchor + step)), event.shiftKey, false);
        this.shown[this.anchor]?.scrollIntoView({ block: 'nearest' });
      }
    });
    document.addEventListener('copy', event => {
      if (this.chosen.size > 0 && this.box.contains(document.activeElement) && getSelection()?.isCollapsed) {
        event.preventDefault();
        event.clipboardData?.setData(
          'text/plain',
          this.shown.filter(row => this.chosen.has(row)).map(row => cells(row).join('\t')).join('\n'),
        );
      }
    });
  }

  private choose(index: number, range: boolean, more: boolean): void {
    const row = this.shown[index];
    if (!row) {
      return;
    }
    if (range && this.anchor >= 0) {
      const [from, to] = [Math.min(this.anchor, index), Math.max(this.anchor, index)];
      this.shown.slice(from, to + 1).forEach(each => this.chosen.add(each));
    } else if (more) {
      if (!this.chosen.delete(row)) {
        this.chosen.add(row);
      }
    } else {
      this.chosen = new Set([row]);
    }
    this.anchor = index;
    this.draw();
    this.table.dispatchEvent(new CustomEvent('musubi:chosen', { bubbles: true, detail: [...this.chosen] }));
  }

  private draw(): void {
    for (const row of this.shown) {
      row.setAttribute('aria-selected', String(this.chosen.has(row)));
    }
    if (this.shown.length <= WINDOW) {
      this.body.replaceChildren(...this.shown);
    } else {
      const height = this.rows.find(row => row.isConnected)?.offsetHeight || 38;
      const first = Math.max(0, Math.floor(this.box.scrollTop / height) - 40);
      const last = Math.min(this.shown.length, first + WINDOW);
      this.table.setAttribute('aria-rowcount', String(this.shown.length + 1));
      this.shown.slice(first, last).forEach((row, place) => row.setAttribute('aria-rowindex', String(first + place + 2)));
      this.body.replaceChildren(
        spacer(first * height),
        ...this.shown.slice(first, last),
        spacer((this.shown.length - last) * height),
      );
    }
    this.status.textContent = text('frame.table.shown', this.shown.length, this.rows.length);
    for (const total of all<HTMLTableCellElement>('tfoot [data-total]', this.table)) {
      total.textContent = number(
        this.shown.reduce((sum, row) => sum + (Number(value(row.cells[total.cellIndex])) || 0), 0),
      );
    }
  }

  private saveCsv(): void {
    const head = all('thead th', this.table).map(header => (header.textContent ?? '').trim());
    const lines = [head, ...this.shown.map(cells)].map(line => line.map(quote).join(','));
    const file = new Blob(['\ufeff', lines.join('\r\n'), '\r\n'], { type: 'text/csv' });
    const link = make('a', { href: URL.createObjectURL(file), download: `${this.table.id || 'musubi'}.csv` });
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

const value = (cell: HTMLTableCellElement | undefined): string =>
  cell?.dataset['value'] ?? (cell?.textContent ?? '').trim();

const cells = (row: HTMLTableRowElement): string[] =>
  [...row.cells].map(cell => (cell.textContent ?? '').trim().replace(/\s+/g, ' '));

/** Quotes for RFC 4180; a leading = + - @ would run as a formula in a spreadsheet, so it gets an apostrophe. */
function quote(content: string): string {
  const harmless = /^[=+\-@\t\r]/.test(content) && Number.isNaN(Number(content)) ? `'${content}` : content;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function order(kind: string, column: number): (a: HTMLTableRowElement, b: HTMLTableRowElement) => number {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  return (a, b) => {
    const [left, right] = [value(a.cells[column]), value(b.cells[column])];
    if (left === '' || right === '') {
      return Number(left === '') - Number(right === '');
    }
    return kind === 'number' ? Number(left) - Number(right) : collator.compare(left, right);
  };
}

function spacer(height: number): HTMLTableRowElement {
  const cell = make('td', { colspan: 99 });
  cell.style.blockSize = `${height}px`;
  return make('tr', { class: 'spacer', 'aria-hidden': 'true' }, cell);
}

export const forTests = { quote };
