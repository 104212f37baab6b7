/**
 * The register as a grid: move by arrows, mark by letters, select, fill down, copy, paste, undo. What was typed is sent
 * after a moment; what somebody else changed meanwhile is shown and not overwritten.
 */
import { address, Problem, send } from '../lib/api.ts';
import { all, find } from '../lib/dom.ts';
import { onKey } from '../lib/keys.ts';
import { text } from '../lib/texts.ts';

const KEYS: Record<string, string> = { o: '○', x: '×', l: '遅', e: '早', p: '△', k: '公', Delete: '', Backspace: '' };
const WORDS: Record<string, string> = {
  '〇': '○', '◯': '○', '出': '○', '出席': '○', '1': '○', present: '○',
  '✕': '×', '✖': '×', 欠: '×', 欠席: '×', '0': '×', absent: '×',
  '▲': '△', 一部: '△', partial: '△', 遅刻: '遅', late: '遅', 早退: '早', 'left early': '早', 公欠: '公', excused: '公',
};
const SIGNS = new Set(['', '○', '×', '遅', '早', '△', '公']);
const WAIT = 500;
const AGAIN = 5_000;

interface Refused { trainee: number; session: number; reason: string; now: string }
interface Written { written: number; refused: Refused[] }
interface Step { cell: HTMLTableCellElement; before: string }

const table = find<HTMLTableElement>('#register');
if (table) {
  start(table);
}

function start(grid: HTMLTableElement): void {
  const path = `/api/v1/cohorts/${grid.dataset['cohort'] ?? ''}/marks`;
  const rows = all<HTMLTableRowElement>('tbody tr', grid).map(row => all<HTMLTableCellElement>('td', row));
  const state = find('#register-state');
  const undoButton = find<HTMLButtonElement>('#register-undo');
  const stored = new Map<HTMLTableCellElement, string>();
  const waiting = new Set<HTMLTableCellElement>();
  const undo: Step[][] = [];
  let at = { row: 0, column: 0 };
  let anchor = at;
  let timer = 0;
  let sending = false;

  rows.flat().forEach(cell => stored.set(cell, shown(cell)));
  focusable(0, 0);

  function shown(cell: HTMLTableCellElement): string {
    return cell.textContent?.trim() ?? '';
  }

  function cellAt(row: number, column: number): HTMLTableCellElement | undefined {
    return rows[row]?.[column];
  }

  function focusable(row: number, column: number): void {
    const before = cellAt(at.row, at.column);
    before?.setAttribute('tabindex', '-1');
    at = { row, column };
    cellAt(row, column)?.setAttribute('tabindex', '0');
  }

  function say(words: string): void {
    if (state) {
      state.textContent = words;
    }
  }

  function select(): HTMLTableCellElement[] {
    const top = Math.min(at.row, anchor.row);
    const left = Math.min(at.column, anchor.column);
    const chosen: HTMLTableCellElement[] = [];
    rows.forEach((cells, row) =>
      cells.forEach((cell, column) => {
        const inside =
          row >= top && row <= Math.max(at.row, anchor.row) && column >= left && column <= Math.max(at.column, anchor.column);
        if (inside) {
          chosen.push(cell);
        }
        if (inside !== (cell.getAttribute('aria-selected') === 'true')) {
          cell.setAttribute('aria-selected', String(inside));
        }
      }),
    );
    return chosen;
  }

  function go(row: number, column: number, extend: boolean): void {
    const cell = cellAt(row, column);
    if (!cell) {
      return;
    }
    focusable(row, column);
    if (!extend) {
      anchor = at;
    }
    cell.focus();
    select();
  }

  /** Writes marks as one step of undo. */
  function put(changes: readonly [HTMLTableCellElement, string][], remember = true): void {
    const step: Step[] = [];
    for (const [cell, sign] of changes) {
      if (cell.dataset['session'] && shown(cell) !== sign) {
        step.push({ cell, before: shown(cell) });
        cell.textContent = sign;
        waiting.add(cell);
      }
    }
    if (step.length > 0) {
      if (remember) {
        undo.push(step);
      }
      soon(WAIT);
    }
    if (undoButton) {
      undoButton.disabled = undo.length === 0;
    }
  }

  function takeBack(): void {
    const step = undo.pop();
    if (step) {
      put(step.map(({ cell, before }) => [cell, before]), false);
    }
  }

  function soon(milliseconds: number): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void flush(), milliseconds);
  }

  function traineeOf(cell: HTMLTableCellElement): number {
    return Number(cell.closest('tr')?.dataset['trainee'] ?? 0);
  }

  async function flush(): Promise<void> {
    if (sending || waiting.size === 0) {
      return;
    }
    sending = true;
    const cells = [...waiting];
    const sent = new Map(cells.map(cell => [cell, shown(cell)]));
    waiting.clear();
    say(text('register.saving'));
    try {
      const answer = await send<Written>('POST', path, {
        cells: cells.map(cell => ({
          trainee: traineeOf(cell),
          session: Number(cell.dataset['session']),
          was: stored.get(cell) ?? '',
          mark: sent.get(cell) ?? '',
        })),
      });
      sent.forEach((sign, cell) => stored.set(cell, sign));
      answer.refused.forEach(refused => refuse(cells, refused));
      say(
        answer.refused.length > 0
          ? text('register.changed', answer.refused.length)
          : text('register.saved', answer.written),
      );
    } catch (e) {
      cells.forEach(cell => waiting.add(cell));
      say(text('register.failed', e instanceof Problem ? e.message : String(e)));
      soon(AGAIN);
    }
    sending = false;
    if (waiting.size > 0) {
      soon(WAIT);
    }
  }

  function refuse(cells: HTMLTableCellElement[], refused: Refused): void {
    const cell = cells.find(
      each => Number(each.dataset['session']) === refused.session && traineeOf(each) === refused.trainee,
    );
    if (cell) {
      cell.textContent = refused.now;
      cell.classList.add('changed');
      stored.set(cell, refused.now);
    }
  }

  function copied(): string {
    const chosen = new Set(select());
    return rows
      .map(cells => cells.filter(cell => chosen.has(cell)).map(shown))
      .filter(cells => cells.length > 0)
      .map(cells => cells.join('\t'))
      .join('\n');
  }

  function paste(words: string): void {
    const lines = words.replace(/\r?\n$/, '').split(/\r?\n/).map(line => line.split('\t'));
    const changes: [HTMLTableCellElement, string][] = [];
    const top = Math.min(at.row, anchor.row);
    const left = Math.min(at.column, anchor.column);
    let outside = false;
    let unknown = '';
    lines.forEach((cells, down) =>
      cells.forEach((word, right) => {
        const cell = cellAt(top + down, left + right);
        const plain = word.normalize('NFKC').trim();
        const sign = SIGNS.has(plain) ? plain : (KEYS[plain.toLowerCase()] ?? WORDS[plain.toLowerCase()]);
        if (!cell) {
          outside = true;
        } else if (sign === undefined) {
          unknown ||= plain;
        } else {
          changes.push([cell, sign]);
        }
      }),
    );
    put(changes);
    if (unknown) {
      say(text('register.unknown', unknown));
    } else if (outside) {
      say(text('register.outside'));
    }
  }

  function fillDown(): void {
    const chosen = select();
    const top = Math.min(at.row, anchor.row);
    put(
      chosen.map(cell => {
        const column = rows.find(cells => cells.includes(cell))?.indexOf(cell) ?? 0;
        // One row alone takes the mark of the row above it.
        const from = cellAt(at.row === anchor.row ? top - 1 : top, column);
        return [cell, from ? shown(from) : shown(cell)];
      }),
    );
  }

  const ARROWS: Record<string, [number, number]> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    Enter: [1, 0],
  };

  grid.addEventListener('keydown', event => {
    const control = event.ctrlKey || event.metaKey;
    const arrow = ARROWS[event.key];
    const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (arrow && !control) {
      go(at.row + arrow[0], at.column + arrow[1], event.shiftKey);
    } else if (event.key === 'Home' || event.key === 'End') {
      go(at.row, event.key === 'Home' ? 0 : (rows[at.row]?.length ?? 1) - 1, event.shiftKey);
    } else if (control && letter === 'd') {
      fillDown();
    } else if (control && letter === 'z') {
      takeBack();
    } else if (!control && (letter in KEYS || SIGNS.has(event.key))) {
      const sign = KEYS[letter] ?? event.key;
      put(select().map(cell => [cell, sign]));
      if (at.row === anchor.row && at.column === anchor.column) {
        go(at.row + 1, at.column, false);
      }
    } else {
      return;
    }
    event.preventDefault();
  });

  grid.addEventListener('pointerdown', event => {
    const cell = event.target instanceof Element ? event.target.closest('td') : null;
    const row = rows.findIndex(cells => cell !== null && cells.includes(cell));
    if (cell && row >= 0) {
      go(row, rows[row]?.indexOf(cell) ?? 0, event.shiftKey);
      event.preventDefault();
    }
  });
  grid.addEventListener('copy', event => {
    event.clipboardData?.setData('text/plain', copied());
    event.preventDefault();
  });
  grid.addEventListener('paste', event => {
    paste(event.clipboardData?.getData('text/plain') ?? '');
    event.preventDefault();
  });
  undoButton?.addEventListener('click', takeBack);
  all<HTMLButtonElement>('[data-sign]').forEach(button =>
    button.addEventListener('click', () => put(select().map(cell => [cell, button.dataset['sign'] ?? '']))),
  );
  // What is not yet sent leaves with the page.
  window.addEventListener('pagehide', () => {
    if (waiting.size > 0) {
      const { csrfHeader, csrf } = document.body.dataset;
      void fetch(address(path), {
        method: 'POST',
        keepalive: true,
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json', ...(csrfHeader ? { [csrfHeader]: csrf ?? '' } : {}) },
        body: JSON.stringify({
          cells: [...waiting].map(cell => ({
            trainee: traineeOf(cell),
            session: Number(cell.dataset['session']),
            was: stored.get(cell) ?? '',
            mark: shown(cell),
          })),
        }),
      });
    }
  });
  onKey(['o', 'x', 'l', 'e', 'p', 'k'], text('register.key.marks'), () => false);
  onKey('Ctrl+D', text('register.key.fill'), () => false);
  onKey('Ctrl+Z', text('register.key.undo'), () => false);
}
