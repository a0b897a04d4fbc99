import { randomIds } from '../base/random.js';

const rootShape = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/i;
const parentShape = /^[0-9a-f]{16}$/i;
const sampledShape = /^[01?]$/;

interface TraceParts {
  root: string | undefined;
  parent: string | undefined;
  sampled: string | undefined;
  /** Parts that X-Ray does not define. */
  readonly others: Map<string, string>;
}

/**
 * Returns the part of an entry's TraceHeader that EventBridge forwards, `undefined` if there is none. As captured (September 2026),
 * with two choices: a root is written in lower case whatever `Sampled` is, and a parent with capitals drops the header only if
 * `Sampled=1`. `now` in epoch milliseconds.
 */
export function readTraceHeader(text: string | undefined, now: number): string | undefined {
  if (text === undefined) return undefined;
  const { root, parent, sampled, others } = readParts(text);
  if (root === undefined && sampled !== '0') return undefined;
  if (parent !== undefined && /[A-F]/.test(parent) && sampled === '1') return undefined;
  const known = [
    `Root=${root?.toLowerCase() ?? makeRoot(now)}`,
    ...(parent === undefined ? [] : [`Parent=${parent}`]),
    ...(sampled === undefined ? [] : [`Sampled=${sampled}`]),
  ];
  const rest = [...others].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`);
  return [...known, ...rest].join(';');
}

/** The header that a Lambda function is invoked with: a new trace if the event has none. `Lineage` counts as in a capture. */
export function functionTraceHeader(header: string | undefined, now: number): string {
  const { root, parent, sampled } = readParts(header ?? '');
  const parts = [
    `Root=${root ?? makeRoot(now)}`,
    root === undefined || parent !== undefined ? `Parent=${parent ?? makeHex(16)}` : undefined,
    root === undefined || sampled !== undefined ? `Sampled=${sampled ?? '0'}` : undefined,
    `Lineage=1:${makeHex(8)}:0`,
  ];
  return parts.filter((part) => part !== undefined).join(';');
}

/** Of parts that are repeated the last counts: one that is not valid takes Root and Sampled away, and leaves Parent as it was. */
function readParts(text: string): TraceParts {
  const parts: TraceParts = { root: undefined, parent: undefined, sampled: undefined, others: new Map() };
  for (const part of text.split(';')) {
    const [name = '', ...rest] = part.trim().split('=');
    if (rest.length === 0) continue;
    const value = rest.join('=');
    if (name === 'Root') parts.root = rootShape.test(value) ? value : undefined;
    else if (name === 'Sampled') parts.sampled = sampledShape.test(value) ? value : undefined;
    else if (name !== 'Parent') parts.others.set(name, value);
    else if (parentShape.test(value)) parts.parent = value;
  }
  return parts;
}

function makeRoot(now: number): string {
  const seconds = Math.max(0, Math.floor(now / 1000));
  return `1-${(seconds % 2 ** 32).toString(16).padStart(8, '0')}-${makeHex(24)}`;
}

function makeHex(length: number): string {
  return randomIds().replaceAll('-', '').slice(0, length);
}
