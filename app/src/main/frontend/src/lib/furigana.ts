/** Readings above the kanji, for those who read kana more easily. A switch in the bar of the public pages. */
import words from './readings.json';
import { find } from './dom.ts';

const KEPT = 'musubi.furigana';
const KANJI = /[々一-龠]+/gu;
const LEFT_ALONE = 'ruby, script, style, textarea, select, svg, kbd, [data-furigana]';

/** Word → reading of its kanji; the readings of several runs of kanji are parted by a slash. */
let readings: Map<string, string> | null = null;

export function startFurigana(): void {
  const button = find<HTMLButtonElement>('[data-furigana]');
  if (!button) {
    return;
  }
  button.hidden = false;
  const show = async (on: boolean): Promise<void> => {
    button.setAttribute('aria-pressed', String(on));
    if (on) {
      readings ??= await fetchReadings(button.dataset['furigana'] ?? '');
      annotate(document.body, readings);
    } else {
      remove(document.body);
    }
  };
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    localStorage.setItem(KEPT, String(on));
    void show(on);
  });
  if (localStorage.getItem(KEPT) === 'true') {
    void show(true);
  }
}

/** The words of the pages, and the names of places and goods that the server knows. */
async function fetchReadings(address: string): Promise<Map<string, string>> {
  const known = new Map<string, string>(Object.entries(words));
  const answer = await fetch(address).catch(() => null);
  if (answer?.ok) {
    for (const [name, reading] of Object.entries((await answer.json()) as Record<string, string>)) {
      known.set(name, reading);
    }
  }
  return known;
}

function annotate(root: HTMLElement, known: Map<string, string>): void {
  const pattern = new RegExp([...known.keys()].sort((a, b) => b.length - a.length).map(escaped).join('|'), 'gu');
  const texts: Text[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (node.data.match(KANJI) && !node.parentElement?.closest(LEFT_ALONE)) {
      texts.push(node);
    }
  }
  for (const node of texts) {
    const parts: (Node | string)[] = [];
    let from = 0;
    for (const match of node.data.matchAll(pattern)) {
      parts.push(node.data.slice(from, match.index), ...rubies(match[0], known.get(match[0]) ?? ''));
      from = match.index + match[0].length;
    }
    if (parts.length > 0) {
      node.replaceWith(...parts, node.data.slice(from));
    }
  }
}

/** A name is read as a whole; a word's reading belongs to its runs of kanji, in their order. */
function rubies(word: string, reading: string): (Node | string)[] {
  const runs = word.match(KANJI) ?? [];
  const each = reading.split('/');
  if (runs.length !== each.length) {
    return [ruby(word, reading)];
  }
  const parts: (Node | string)[] = [];
  let from = 0;
  runs.forEach((run, index) => {
    const at = word.indexOf(run, from);
    parts.push(word.slice(from, at), ruby(run, each[index] ?? ''));
    from = at + run.length;
  });
  parts.push(word.slice(from));
  return parts;
}

function ruby(base: string, reading: string): HTMLElement {
  const element = document.createElement('ruby');
  const above = document.createElement('rt');
  above.textContent = reading;
  element.append(base, above);
  return element;
}

function remove(root: HTMLElement): void {
  for (const element of root.querySelectorAll('ruby')) {
    element.replaceWith(element.firstChild?.textContent ?? '');
  }
  root.normalize();
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
