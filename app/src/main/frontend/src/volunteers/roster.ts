/**
 * Moves people between seats of the roster, and those without a seat onto open ones: by dragging, or by keyboard (m picks up, arrows choose, Enter puts, Escape
 * puts back). What is decided is sent as a form; the page without this script does the same in two steps.
 */
import { all, find, get } from '../lib/dom.ts';
import { onKey } from '../lib/keys.ts';
import { text } from '../lib/texts.ts';

const form = find<HTMLFormElement>('#seat-form');
const said = find('#seat-said');
let picked: HTMLElement | null = null;
let target = -1;

/** Where somebody can be put: on open seats, and whoever has a seat also in another's place. */
const isTarget = (each: HTMLElement): boolean =>
  each !== picked &&
  (each.dataset['openSeat'] !== undefined || (picked?.dataset['person'] === undefined && each.dataset['movable'] === 'true'));

const targets = (): HTMLElement[] => all('[data-open-seat], [data-seat]').filter(isTarget);

function say(words: string): void {
  if (said) {
    said.textContent = words;
  }
}

function pick(seat: HTMLElement): void {
  putBack();
  picked = seat;
  seat.classList.add('picked');
  say(text('roster.move.picked', seat.dataset['name'] ?? ''));
}

function putBack(): void {
  picked?.classList.remove('picked');
  all('.seat-target.over').forEach(each => each.classList.remove('over'));
  picked = null;
  target = -1;
}

function choose(step: number): void {
  const possible = targets();
  if (possible.length === 0) {
    return;
  }
  possible[target]?.classList.remove('over');
  target = (target + step + possible.length) % possible.length;
  const there = possible[target];
  there?.classList.add('over');
  there?.focus();
  say(there?.dataset['label'] ?? '');
}

function put(there: HTMLElement): void {
  if (!form || !picked) {
    return;
  }
  const { seat, shift, person } = picked.dataset;
  const other = there.dataset['seat'];
  const base = form.dataset['base'] ?? '';
  form.action = person ? base : `${base}/${seat ?? ''}/${other ? 'swap' : 'move'}`;
  get<HTMLInputElement>('[name=person]', form).value = person ?? '';
  get<HTMLInputElement>('[name=from]', form).value = shift ?? '';
  get<HTMLInputElement>('[name=shift]', form).value = there.dataset['shift'] ?? '';
  get<HTMLInputElement>('[name=line]', form).value = there.dataset['line'] ?? '';
  get<HTMLInputElement>('[name=other]', form).value = other ?? '';
  form.submit();
}

const seatOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-seat], [data-person]') : null;
const targetOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-open-seat], [data-seat]') : null;

document.addEventListener('dragstart', event => {
  const seat = seatOf(event);
  if (seat) {
    event.dataTransfer?.setData('text/plain', seat.dataset['name'] ?? '');
    pick(seat);
  }
});
document.addEventListener('dragover', event => {
  const there = targetOf(event);
  if (picked && there && isTarget(there)) {
    event.preventDefault();
    all('.seat-target.over').forEach(each => each.classList.toggle('over', each === there));
    there.classList.add('over');
  }
});
document.addEventListener('drop', event => {
  const there = targetOf(event);
  if (picked && there && isTarget(there)) {
    event.preventDefault();
    put(there);
  }
});
document.addEventListener('dragend', putBack);

onKey('m', text('roster.move.key'), event => {
  const seat = seatOf(event);
  if (!seat || seat.dataset['movable'] === 'false') {
    return false;
  }
  pick(seat);
  return true;
});
onKey(['ArrowDown', 'ArrowUp'], text('roster.move.keys'), event => {
  if (!picked) {
    return false;
  }
  choose(event.key === 'ArrowDown' ? 1 : -1);
  return true;
});
onKey('Enter', text('roster.move.put'), () => {
  const there = targets()[target];
  if (!picked || !there) {
    return false;
  }
  put(there);
  return true;
});
onKey('Escape', text('roster.move.back'), () => {
  if (!picked) {
    return false;
  }
  const seat = picked;
  putBack();
  seat.focus();
  say(text('roster.move.stays'));
  return true;
});
for (const key of ['[', ']']) {
  const link = find<HTMLAnchorElement>(`a[data-key="${key}"]`);
  if (link) {
    onKey(key, link.textContent ?? '', () => link.click());
  }
}
