// What people write who have no index. Each answers the ids of the rules that match an event.

/** Every pattern, one after the other. */
export function linearLoop(compiled) {
  return (event) => {
    const ids = [];
    for (const { id, test } of compiled) if (test(event)) ids.push(id);
    return ids;
  };
}

/** Only the patterns of the event's source. */
export function bySource(compiled) {
  const sources = new Map();
  for (const rule of compiled) {
    const rules = sources.get(rule.source);
    if (rules === undefined) sources.set(rule.source, [rule]);
    else rules.push(rule);
  }
  return (event) => {
    const ids = [];
    for (const { id, test } of sources.get(event.source) ?? []) if (test(event)) ids.push(id);
    return ids;
  };
}
