/**
 * Forms: validated as one types, when one leaves a field and again on sending; errors beside the field and on top with links; drafts of
 * forms with data-draft survive a reload. The server validates again and shows errors in the same markup.
 */
import { all, find, make } from './dom.ts';
import { text } from './texts.ts';

/** Nobody wants to be corrected in the middle of a word. */
const PAUSE_OF_TYPING_MS = 800;

/** A second click so soon after the first is no second wish. */
const SECOND_CLICK_MS = 2000;

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export function startForms(within: ParentNode): void {
  for (const form of all<HTMLFormElement>('form.form', within)) {
    if (form.dataset['started'] !== 'true') {
      form.dataset['started'] = 'true';
      start(form);
    }
  }
  for (const summary of all('.error-summary', within)) {
    summary.tabIndex = -1;
    summary.focus();
  }
}

function start(form: HTMLFormElement): void {
  form.noValidate = true;
  restoreDraft(form);
  form.addEventListener('focusout', event => {
    // A note that appears now would move a button away from under the pointer that is pressing it.
    const leavesForButton = event.relatedTarget instanceof HTMLButtonElement;
    if (isField(event.target) && event.target.value !== '' && !leavesForButton) {
      show(event.target);
    }
  });
  let pause = 0;
  form.addEventListener('input', event => {
    const field = event.target;
    clearTimeout(pause);
    if (isField(field) && field.getAttribute('aria-invalid') === 'true') {
      show(field);
    } else if (isField(field) && field.value !== '') {
      pause = window.setTimeout(() => show(field), PAUSE_OF_TYPING_MS);
    }
    saveDraft(form);
  });
  form.addEventListener('musubi:forget-draft', () => forgetDraft(form));
  form.addEventListener('submit', event => {
    const wrong = fields(form).filter(field => !show(field));
    find('.error-summary', form)?.remove();
    if (wrong.length > 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
      summarise(form, wrong);
      return;
    }
    if (form.dataset['sent'] === 'true') {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset['sent'] = 'true';
    setTimeout(() => delete form.dataset['sent'], SECOND_CLICK_MS);
    forgetDraft(form);
  });
}

const isField = (target: unknown): target is Field =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;

const fields = (form: HTMLFormElement): Field[] =>
  all<Field>('input:not([type=hidden]), select, textarea', form).filter(field => field.willValidate);

function show(field: Field): boolean {
  const message = wrong(field);
  const id = `${field.id}-error`;
  let note = document.getElementById(id);
  if (message === '') {
    field.removeAttribute('aria-invalid');
    note?.remove();
    return true;
  }
  if (!note) {
    note = make('p', { class: 'field-error', id });
    (field.closest('.field') ?? field.parentElement)?.append(note);
  }
  note.textContent = message;
  field.setAttribute('aria-invalid', 'true');
  const described = new Set((field.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean));
  field.setAttribute('aria-describedby', [...described.add(id)].join(' '));
  return false;
}

/** What is wrong, in the page's language and with the limits; a field's own words come first. */
function wrong(field: Field): string {
  const { validity } = field;
  if (validity.valid) {
    return '';
  }
  const limit = (name: string): string => field.getAttribute(name) ?? '';
  if (validity.valueMissing) {
    return field.dataset['missing'] ?? text('frame.form.missing');
  }
  if (validity.badInput || validity.typeMismatch || validity.patternMismatch) {
    return field.dataset['pattern'] ?? text('frame.form.pattern');
  }
  if (validity.rangeUnderflow) {
    return text('frame.form.min', limit('min'));
  }
  if (validity.rangeOverflow) {
    return text('frame.form.max', limit('max'));
  }
  if (validity.stepMismatch) {
    return text('frame.form.whole');
  }
  if (validity.tooLong) {
    return text('frame.form.long', limit('maxlength'));
  }
  return field.validationMessage;
}

function summarise(form: HTMLFormElement, wrongFields: Field[]): void {
  const summary = make(
    'div',
    { class: 'error-summary', role: 'alert', tabindex: -1 },
    make('h2', {}, text('frame.form.errors', wrongFields.length)),
    make(
      'ul',
      {},
      ...wrongFields.map(field => {
        const label = field.labels?.[0]?.childNodes[0]?.textContent?.trim() ?? field.name;
        return make('li', {}, make('a', { href: `#${field.id}` }, `${label}: ${wrong(field)}`));
      }),
    ),
  );
  summary.addEventListener('click', event => {
    const link = (event.target as HTMLElement).closest('a');
    if (link) {
      event.preventDefault();
      document.getElementById(link.hash.slice(1))?.focus();
    }
  });
  form.prepend(summary);
  summary.focus();
}

const draftKey = (form: HTMLFormElement): string | null =>
  form.dataset['draft'] ? `draft:${location.pathname}:${form.dataset['draft']}` : null;

/** Drafts stay in this tab: a shared computer must not keep what somebody typed about people. */
function saveDraft(form: HTMLFormElement): void {
  const key = draftKey(form);
  if (key) {
    const values = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== '_csrf');
    sessionStorage.setItem(key, JSON.stringify(values));
  }
}

function restoreDraft(form: HTMLFormElement): void {
  const key = draftKey(form);
  const draft = key && sessionStorage.getItem(key);
  if (!draft || find('.error-summary', form)) {
    return;
  }
  for (const [name, value] of JSON.parse(draft) as [string, string][]) {
    const field = form.elements.namedItem(name);
    if (isField(field) && !(field instanceof HTMLInputElement && ['checkbox', 'radio', 'file'].includes(field.type))) {
      field.value = value;
      field.dispatchEvent(new Event('change', { bubbles: true })); // other fields may follow from this one
    }
  }
}

function forgetDraft(form: HTMLFormElement): void {
  const key = draftKey(form);
  if (key) {
    sessionStorage.removeItem(key);
  }
}
