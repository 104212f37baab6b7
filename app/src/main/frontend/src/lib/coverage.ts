/** The one coverage scale (the same file that server, papers and style sheet read). */
import scale from 'musubi:coverage';

export const classes: readonly string[] = [...scale.classes.map(c => c.key), scale.unknown.key];

/** Class of a covered share of 0 … 1; null means nobody knows. */
export function coverageClass(share: number | null): string {
  if (share === null) {
    return scale.unknown.key;
  }
  return (scale.classes.find(c => c.below === undefined || share < c.below) ?? scale.unknown).key;
}

export function coverageFill(key: string): { fill: string; ink: string } {
  return scale.classes.find(c => c.key === key) ?? scale.unknown;
}

/** The upper border of each class as per cent, for legends; the last has none. */
export const borders: readonly { key: string; below: number | null }[] = scale.classes.map(c => ({
  key: c.key,
  below: c.below ?? null,
}));
