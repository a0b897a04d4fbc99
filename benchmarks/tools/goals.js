// What the project wants of itself, and what it got.
import { digits, showMetric, showRate } from './show.js';

/** Rows of a table: the goal, the figure, whether it is reached. */
export function goalRows(scenarios) {
  const find = (scenario, group, name) => {
    const { groups } = scenarios.find((each) => each.scenario === scenario);
    return groups.find((each) => each.group.startsWith(group)).results.find((each) => each.name.startsWith(name));
  };
  const matches = (group) =>
    digits(
      scenarios.find((each) => each.scenario === 'match-many').groups.find((each) => each.group === group)
        .matchesPerEvent,
    );
  const rows = [];
  const add = (goal, figure, isReached) => rows.push([goal, figure, isReached ? 'yes' : '**no**']);

  const shares = { exact: 0.6, prefix: 0.6, everyday: 0.5 };
  for (const [kind, share] of Object.entries(shares)) {
    for (const input of ['text', 'object']) {
      const [few, many] = ['100 rules', '100,000 rules'].map((count) =>
        find('match-many', `${kind}, ${count}`, `RuleIndex.match(${input})`),
      );
      const got = few.median / many.median;
      const goal = `${kind}, ${input}: 100,000 rules at ≥ ${share} × the speed of 100`;
      const found = `${matches(`${kind}, 100,000 rules`)} match an event, of 100 ${matches(`${kind}, 100 rules`)}`;
      add(goal, `${digits(got)} × (${showRate(many.median)}/s; ${found})`, got >= share);
    }
  }
  const objects = find('match-many', 'everyday, 10,000 rules', 'RuleIndex.match(object)');
  add(
    'everyday, object: 10,000 rules at ≥ 1,000,000 events/s',
    `${showRate(objects.median)}/s`,
    objects.median <= 1000,
  );
  for (const kind of Object.keys(shares)) {
    const { median } = find('add-and-delete', kind, 'RuleIndex.add');
    add(`${kind}: 100,000 rules added in < 2 s`, showMetric(median * 100_000), median * 100_000 < 2e9);
  }
  for (const [kind, most] of Object.entries({ exact: 1000, prefix: 1000, everyday: 1500 })) {
    const { median } = find('memory', `${kind}, 100,000 rules`, 'RuleIndex');
    add(`${kind}: ≤ ${digits(most)} bytes a rule at 100,000`, showMetric(median, 'bytes'), median <= most);
  }
  const group = '10 entries';
  const [thousand, distant] = ['PutEvents, 1,000 rules', 'PutEvents, 100,000 rules, all but'].map((name) =>
    find('put-events', group, name),
  );
  const parses = 1 / thousand.ratio.median;
  add('PutEvents, 1,000 rules: ≤ 3 × the time of JSON.parse of the Details', `${digits(parses)} ×`, parses <= 3);
  const more = thousand.ratio.median / distant.ratio.median;
  add('PutEvents, 100,000 rules of which as many match: ≤ 1.3 × the time of 1,000', `${digits(more)} ×`, more <= 1.3);
  const one = find('match-one', 'one', 'compilePattern(p).test(object)');
  add('one pattern with two leaves, object: ≥ 5,000,000 tests/s', `${showRate(one.median)}/s`, one.median <= 200);
  const loaded = find('load', 'import', "import 'footbridge'");
  const whole = find('load', 'import', 'the same code in one file');
  const share = 1 / loaded.ratio.median;
  add("import 'footbridge': ≤ 0.55 × the time of the SDK's client", `${digits(share)} ×`, share <= 0.55);
  const files = whole.ratio.median / loaded.ratio.median;
  add("import 'footbridge': ≤ 1.2 × the time of the same code in one file", `${digits(files)} ×`, files <= 1.2);
  const plain = 1 / find('load', '100 test files without', 'footbridge/vitest').ratio.median;
  add('100 test files: ≤ 1.4 × the CPU time of vitest alone', `${digits(plain)} ×`, plain <= 1.4);
  const withSdk = 1 / find('load', '100 test files with the', 'footbridge/vitest').ratio.median;
  add('100 test files with the SDK: ≤ the CPU time of aws-sdk-client-mock', `${digits(withSdk)} ×`, withSdk <= 1);
  return rows;
}
