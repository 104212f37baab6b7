/** What every page has: the incident's clock, keys, menus, dialogs, forms, tables. */
import htmx from 'htmx.org';
import { startChoosing } from './lib/choose.ts';
import { all, find, get, make } from './lib/dom.ts';
import { startBoxes } from './lib/boxes.ts';
import { startFileDrops } from './lib/filedrop.ts';
import { startForms } from './lib/forms.ts';
import { startFurigana } from './lib/furigana.ts';
import { listKeys, onKey } from './lib/keys.ts';
import { startQuantities } from './lib/quantity.ts';
import { startTables } from './lib/tables.ts';
import { moment, text } from './lib/texts.ts';
import { toast } from './lib/toasts.ts';
import { startWatching } from './lib/watch.ts';

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;

startClock();
startMenus();
startDialogs();
startKeys();
startQuantities(document);
startForms(document);
startWatching(document);
startFileDrops(document);
startTables(document);
startFurigana();
startBoxes(document);
startChoosing(document);

document.body.addEventListener('htmx:configRequest', event => {
  const { headers } = (event as CustomEvent<{ headers: Record<string, string> }>).detail;
  const name = document.body.dataset['csrfHeader'];
  if (name) {
    headers[name] = document.body.dataset['csrf'] ?? '';
  }
});
document.body.addEventListener('htmx:afterSettle', event => {
  const target = event.target as HTMLElement;
  startForms(target);
  startTables(target);
  follow(target);
});
document.body.addEventListener('htmx:sendError', () => toast(text('frame.error.unreachable'), 'danger'));
document.body.addEventListener('htmx:responseError', event => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  toast(text('frame.error.status', xhr.status), 'danger');
});
document.body.addEventListener('musubi:toast', event => {
  toast((event as CustomEvent<{ value: string }>).detail.value);
});

/** A link with data-follow="now" is gone to as soon as it appears: long work that ended leads to its result. */
function follow(within: ParentNode): void {
  const link = find<HTMLAnchorElement>('a[data-follow="now"]', within);
  if (link) {
    location.replace(link.href);
  }
}

/** The incident's clock runs at the incident's time, whatever the machine's clock says. */
function startClock(): void {
  const element = find<HTMLTimeElement>('.incident-clock');
  if (!element) {
    return;
  }
  const shown = Date.parse(element.dateTime);
  const loaded = Date.now();
  const stands = element.dataset['stands'] === 'true';
  const tick = (): void => {
    element.textContent = moment(stands ? shown : shown + Date.now() - loaded);
  };
  tick();
  if (!stands) {
    setInterval(tick, 10_000);
  }
}

function startMenus(): void {
  document.addEventListener('click', event => {
    for (const menu of all<HTMLDetailsElement>('details.menu[open]')) {
      if (!menu.contains(event.target as Node)) {
        menu.open = false;
      }
    }
  });
  document.addEventListener('keydown', event => {
    const menu = find<HTMLDetailsElement>('details.menu[open]');
    if (event.key === 'Escape' && menu) {
      menu.open = false;
      get('summary', menu).focus();
      event.preventDefault();
    }
  });
}

/** data-dialog="id" opens a dialog, data-close closes the one around it. */
function startDialogs(): void {
  document.addEventListener('click', event => {
    const target = event.target as HTMLElement;
    const opener = target.closest<HTMLElement>('[data-dialog]');
    if (opener) {
      find<HTMLDialogElement>(`dialog#${opener.dataset['dialog']}`)?.showModal();
    }
    target.closest('[data-close]')?.closest('dialog')?.close();
  });
}

function startKeys(): void {
  onKey('/', text('frame.keys.search'), () => {
    const search = find<HTMLInputElement>('.bar-search input');
    search?.focus();
    search?.select();
    return search !== null;
  });
  onKey('?', text('frame.keys.help'), () => {
    const dialog = find<HTMLDialogElement>('dialog#keys');
    if (!dialog) {
      return false;
    }
    showKeys(dialog);
    dialog.showModal();
    return true;
  });
  find<HTMLDialogElement>('dialog#keys')?.addEventListener('toggle', event => showKeys(event.target as HTMLDialogElement));
  document.addEventListener('click', event => {
    if ((event.target as HTMLElement).closest('[data-dialog="keys"]')) {
      showKeys(get<HTMLDialogElement>('dialog#keys'));
    }
  });
  find<HTMLInputElement>('.bar-search input')?.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      (event.target as HTMLInputElement).blur();
      find('#main')?.focus();
    }
  });
}

function showKeys(dialog: HTMLDialogElement): void {
  const list = get('.keys', dialog);
  list.replaceChildren(
    ...listKeys().flatMap(({ keys, label }) => [
      make('dt', {}, ...keys.flatMap((key, index) => [index > 0 && ' ', make('kbd', {}, keyName(key))])),
      make('dd', {}, label),
    ]),
  );
}

function keyName(key: string): string {
  const names: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc', ' ': 'Space' };
  return names[key] ?? key;
}
