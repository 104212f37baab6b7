/** label.file-drop around a file input: files may be dropped on it, and it says which ones are chosen. */
import { all, find, make } from './dom.ts';

export function startFileDrops(within: ParentNode): void {
  for (const zone of all('.file-drop', within)) {
    const input = find<HTMLInputElement>('input[type=file]', zone);
    if (!input || zone.dataset['started'] === 'true') {
      continue;
    }
    zone.dataset['started'] = 'true';
    const chosen = make('span', { class: 'file-drop-chosen', role: 'status' });
    zone.append(chosen);
    const say = (): void => {
      chosen.textContent = [...(input.files ?? [])].map(file => file.name).join(', ');
    };
    input.addEventListener('change', say);
    zone.addEventListener('dragover', event => {
      event.preventDefault();
      zone.classList.add('over');
    });
    zone.addEventListener('dragleave', () => zone.classList.remove('over'));
    zone.addEventListener('drop', event => {
      event.preventDefault();
      zone.classList.remove('over');
      if (event.dataTransfer && event.dataTransfer.files.length > 0) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
  }
}
