import { describeValue } from '../base/unknown-value.js';
import type { LinkSettings } from './link.js';
import type { ConnectOptions } from './remote-bridge.js';

const defaults: LinkSettings = { heartbeat: 10_000, timeout: 5000, reconnectDelay: 50 };
const ranges: { readonly [Name in keyof LinkSettings]: readonly [least: number, most: number] } = {
  heartbeat: [10, 3_600_000],
  timeout: [0, 2 ** 31 - 1],
  reconnectDelay: [0, 3_600_000],
};

/** Fills in the defaults. Throws an Error that names the option which is unknown or wrong. */
export function readConnectOptions(options: ConnectOptions = {}): LinkSettings {
  if (typeof options !== 'object' || options === null) {
    throw new Error(`connectBridge: the options must be an object, but are ${describeValue(options)}.`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(ranges, name)) {
      throw new Error(`connectBridge: there is no option ${name}; there are ${Object.keys(ranges).join(', ')}.`);
    }
    const [least, most] = ranges[name as keyof LinkSettings];
    if (value === undefined || (typeof value === 'number' && value >= least && value <= most)) continue;
    const found = typeof value === 'number' ? value : describeValue(value);
    throw new Error(`connectBridge: ${name} must be milliseconds from ${least} to ${most}, but is ${found}.`);
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}

/** The URL without a slash at its end. Throws an Error for what is no URL of HTTP. */
export function readUrl(url: string): string {
  try {
    const { protocol, origin, pathname } = new URL(url);
    if (protocol === 'http:' || protocol === 'https:') return `${origin}${pathname}`.replace(/\/+$/, '');
  } catch {
    // Told below.
  }
  const found = typeof url === 'string' ? JSON.stringify(url.slice(0, 100)) : describeValue(url);
  throw new Error(`connectBridge: the URL must be one such as "http://127.0.0.1:4010", but is ${found}.`);
}
