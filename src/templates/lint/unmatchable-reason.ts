import type { Conditions, Field, Matcher } from '../../patterns/language/pattern.js';

/** Members of every event that hold one string. */
const texts = ['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'replay-name'];
/** Those that every event has. */
const always = texts.filter((name) => name !== 'replay-name');
const members = [...texts, 'resources', 'detail'];

/** Why no event of EventBridge can match, if none can; as far as the members of its envelope say it. */
export function unmatchableReason(conditions: Conditions): string | undefined {
  // Branches may be shared, so each part is looked at once.
  const known = new Map<Conditions, string | undefined>();
  const find = (part: Conditions): string | undefined => {
    if (!known.has(part)) known.set(part, findReason(part, find));
    return known.get(part);
  };
  return find(conditions);
}

function findReason({ fields, ors }: Conditions, find: (part: Conditions) => string | undefined): string | undefined {
  for (const field of fields) {
    const reason = neverOfField(field);
    if (reason !== undefined) return reason;
  }
  for (const branches of ors) {
    const reasons = branches.map(find);
    if (reasons.every((reason) => reason !== undefined)) return `no branch of $or can match: ${reasons[0]}`;
  }
  return undefined;
}

function neverOfField({ path, matchers, allowsAbsence }: Field): string | undefined {
  const [top = '', ...below] = path.split('.');
  if (!members.includes(top)) return allowsAbsence ? undefined : unknownMember(top);
  if (top === 'detail') {
    return below.length > 0 || allowsAbsence ? undefined : 'pattern requires values for "detail", which is an object';
  }
  if (below.length > 0) {
    const what = top === 'resources' ? 'a list of strings' : 'a string';
    return allowsAbsence ? undefined : `pattern looks into "${top}", which is ${what}`;
  }
  if (allowsAbsence && (matchers.some((matcher) => canBeText(matcher)) || !always.includes(top))) return undefined;
  if (matchers.some(canBeText)) return undefined;
  if (!allowsAbsence && matchers.every((matcher) => matcher.kind === 'equals' && matcher.operand === null)) {
    const cure = always.includes(top) ? '' : '; an event without it is matched by [{ "exists": false }]';
    return `pattern requires null for "${top}", which is a string where there is one${cure}`;
  }
  return allowsAbsence
    ? `pattern requires no "${top}", which every event has`
    : `pattern requires for "${top}" what is not a string`;
}

function unknownMember(name: string): string {
  const meant = members.find((known) => plain(known) === plain(name));
  return meant === undefined
    ? `pattern has "${name}", which no event has outside of "detail"`
    : `pattern has "${name}": events have "${meant}"`;
}

function canBeText(matcher: Matcher): boolean {
  switch (matcher.kind) {
    case 'equals':
      return typeof matcher.operand === 'string';
    case 'numeric':
      return false;
    case 'exists':
      return matcher.operand;
    default:
      return true;
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}
