/**
 * Quantities as people count them: the units follow from the item, and "12 boxes × 24 = 288" shows what it comes to.
 * Only in sight: the server reads the same text again.
 */
import { all, find, get, make } from './dom.ts';
import { text } from './texts.ts';

/** So many base units (`base`) in `per` of this unit. */
interface Unit {
  readonly code: string;
  readonly name: string;
  readonly base: number;
  readonly per: number;
  readonly assumed: boolean;
}

export function startQuantities(within: ParentNode): void {
  for (const box of all('[data-quantity]', within)) {
    const form = box.closest('form');
    const item = form && find<HTMLSelectElement>('select[name=item]', form);
    if (item) {
      start(box, item);
    }
  }
}

function start(box: HTMLElement, item: HTMLSelectElement): void {
  const count = get<HTMLInputElement>('input', box);
  const unit = get<HTMLSelectElement>('select', box);
  const sum = get<HTMLOutputElement>('output', box);
  const units = (): Unit[] => JSON.parse(item.selectedOptions[0]?.dataset['units'] ?? '[]') as Unit[];
  const fillUnits = (): void => {
    const chosen = unit.value || unit.dataset['chosen'] || '';
    unit.replaceChildren(...units().map(each => make('option', { value: each.code }, each.name)));
    unit.value = chosen;
    if (unit.selectedIndex < 0) {
      unit.selectedIndex = 0;
    }
  };
  const showSum = (): void => {
    const base = units().find(each => each.base === 1 && each.per === 1);
    const chosen = units().find(each => each.code === unit.value);
    sum.textContent = base && chosen ? total(count.value, chosen, base) : '';
  };
  item.addEventListener('change', () => {
    fillUnits();
    showSum();
  });
  unit.addEventListener('change', showSum);
  count.addEventListener('input', showSum);
  count.addEventListener('change', showSum);
  fillUnits();
  showSum();
}

function total(typed: string, unit: Unit, base: Unit): string {
  const written = typed.normalize('NFKC').replaceAll(',', '').trim();
  if (!/^\d+(\.\d+)?$/.test(written)) {
    return '';
  }
  const sum = (Number(written) * unit.base) / unit.per;
  if (!Number.isInteger(sum)) {
    return text('needs.sum.part', base.name);
  }
  if (unit.code === base.code) {
    return '';
  }
  return text(
    unit.assumed ? 'needs.sum.assumed' : 'needs.sum',
    Number(written),
    unit.name,
    unit.base / unit.per,
    sum,
    base.name,
  );
}
