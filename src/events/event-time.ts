const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?)([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const earliest = -62_167_219_200;
const latest = 253_402_300_799;

/**
 * Epoch seconds of a Date, a number (epoch seconds already) or an RFC 3339 text; `undefined` for everything else and
 * for years that four digits cannot hold. A fraction stays.
 */
export function readTime(value: unknown): number | undefined {
  const seconds = typeof value === 'number' ? value : typeof value === 'string' ? parse(value) : secondsOf(value);
  return seconds !== undefined && seconds >= earliest && seconds < latest + 1 ? seconds : undefined;
}

/** `YYYY-MM-DDThh:mm:ssZ`: the service cuts what is below a second. */
export function formatTime(epochSeconds: number): string {
  return `${new Date(Math.floor(epochSeconds) * 1000).toISOString().slice(0, 19)}Z`;
}

function parse(text: string): number | undefined {
  const [, year, month, day, time, offset] = rfc3339.exec(text) ?? [];
  if (time === undefined || offset === undefined) return undefined;
  const midnight = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // Date.parse takes 30 February for 1 March.
  if (Number.isNaN(midnight.getTime()) || midnight.getUTCDate() !== Number(day)) return undefined;
  return Date.parse(`${year}-${month}-${day}T${time}${offset.toUpperCase()}`) / 1000;
}

/** Throws nothing: an object that is no Date, or a Proxy around one, has no time. */
function secondsOf(value: unknown): number | undefined {
  try {
    return Date.prototype.getTime.call(value) / 1000;
  } catch {
    return undefined;
  }
}
