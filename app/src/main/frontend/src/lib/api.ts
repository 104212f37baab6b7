/** Reads JSON from the own server; a problem becomes an error with words for people. */
import { text } from './texts.ts';

export class Problem extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const base = (): string => document.body.dataset['base'] ?? '';

/** The address of a path inside the current response. */
export const address = (path: string): string => `${base()}${path}`;

export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(address(path), {
      headers: { Accept: 'application/json' },
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
    });
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') {
      throw e;
    }
    throw new Problem(text('frame.error.unreachable'), 0);
  }
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string };
    throw new Problem(problem.detail ?? problem.title ?? text('frame.error.status', answer.status), answer.status);
  }
  return (await answer.json()) as T;
}
