/**
 * Forms with data-choosing: a box that chooses every row of the page ([data-choose-all], shown only where this runs), and
 * how many rows are chosen (output).
 */
import { all, find } from './dom.ts';
import { text } from './texts.ts';

export function startChoosing(within: ParentNode): void {
  for (const form of all<HTMLFormElement>('form[data-choosing]', within)) {
    const boxes = all<HTMLInputElement>('tbody input[type=checkbox]', form);
    const label = find('[data-choose-all]', form);
    const whole = find<HTMLInputElement>('input', label ?? form);
    const count = find('output', form);
    if (!label || !whole || !count) {
      continue;
    }
    const show = (): void => {
      const chosen = boxes.filter(box => box.checked).length;
      whole.checked = chosen > 0 && chosen === boxes.length;
      whole.indeterminate = chosen > 0 && chosen < boxes.length;
      count.textContent = text('frame.chosen', chosen, boxes.length);
    };
    label.hidden = false;
    form.addEventListener('change', event => {
      if (event.target === whole) {
        boxes.forEach(box => (box.checked = whole.checked));
      }
      show();
    });
    show();
  }
}
