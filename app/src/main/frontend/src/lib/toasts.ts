/** Short news at the foot of the page, read out by screen readers. */
import { find, make } from './dom.ts';
import { text } from './texts.ts';

export function toast(message: string, kind: 'plain' | 'danger' = 'plain'): void {
  const box = find('.toasts');
  if (!box) {
    return;
  }
  const close = make('button', { type: 'button' }, text('frame.close'));
  const element = make('div', { class: kind === 'danger' ? 'toast danger' : 'toast' }, make('p', {}, message), close);
  close.addEventListener('click', () => element.remove());
  box.append(element);
  if (kind === 'plain') {
    setTimeout(() => element.remove(), 8000);
  }
}
