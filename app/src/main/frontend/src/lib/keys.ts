/** One register of keys, so that "?" can list them. */
import { isTyping } from './dom.ts';

interface Key {
  readonly keys: readonly string[];
  readonly label: string;
  readonly run: (event: KeyboardEvent) => boolean | void;
}

const register: Key[] = [];

/** @param run returns false to let the browser handle the key */
export function onKey(keys: string | readonly string[], label: string, run: Key['run']): void {
  register.push({ keys: typeof keys === 'string' ? [keys] : keys, label, run });
}

export const listKeys = (): readonly Key[] => register;

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (isTyping(event.target) && event.key !== 'Escape') {
    return;
  }
  if (document.querySelector('dialog[open]')) {
    return;
  }
  for (const key of register) {
    if (key.keys.includes(event.key) && key.run(event) !== false) {
      event.preventDefault();
      return;
    }
  }
});
