/** The last part of an ARN that the service makes up: an id of the bridge, in the characters that an ARN may have there. */
export function uniquePart(ids: () => string): string {
  return ids()
    .slice(0, 64)
    .replace(/[^-A-Za-z0-9]/g, '-');
}

/** `length` letters and digits that follow from a unique part. */
export function shortPart(unique: string, length: number): string {
  return unique.replaceAll('-', '').slice(-length).padStart(length, '0');
}
