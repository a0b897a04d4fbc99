import { nearestName } from '../../base/describe.js';
import { type CommandIo, type ExitCode, UsageError } from '../command-io.js';
import { readCommandLine } from '../command-line.js';
import { readInputEvents } from '../input-events.js';
import { readArgument } from '../read-input.js';
import { assertNoProblems, type ReadTemplate, readTemplates } from '../read-templates.js';
import { readTemplateOptions, templateOptions } from '../template-options.js';
import { type ExplainInput, toExplainInput } from './explain-input.js';
import { explainRules, namesOf, type RuleVerdict } from './explain-rules.js';
import { explainText } from './explain-text.js';

interface Explained {
  readonly event: ExplainInput;
  readonly rules: readonly RuleVerdict[];
}

/** `explain EVENT --rules TEMPLATE`: the way of each event through the rules of templates. Answers 1 if one has no way. */
export async function explainCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { words, options } = readCommandLine('explain', args, {
    rules: 'list',
    rule: 'list',
    bus: 'text',
    ...templateOptions,
    strict: 'flag',
    json: 'flag',
  });
  const [file] = words;
  if (file === undefined || words.length > 1) {
    const hint = options.rules.length > 1 ? '; what follows --rules is a template, so the EVENT stands before it' : '';
    throw new UsageError(`explain takes an EVENT; ${words.length} given${file === undefined ? hint : ''}`);
  }
  if (options.rules.length === 0) throw new UsageError('explain needs --rules TEMPLATE, the rules to explain by');
  if (file === '-' && options.rules.includes('-')) {
    throw new UsageError('standard input can be the EVENT or the TEMPLATE, not both');
  }
  const settings = await readTemplateOptions(options, io);
  const argument = await readArgument(file, io);
  const events = readInputEvents(argument).map((given) => toExplainInput(given, settings, options.bus));
  if (options.strict) for (const event of events) assertNoGuesses(event);
  const templates = await readTemplates(options.rules, settings, io);
  assertNoProblems(templates);
  assertKnownRules(options.rule, templates);

  const explained = events.map((event): Explained => ({ event, rules: verdicts(event, options.rule, templates) }));
  const label = argument.origin.replace(/: $/, '') || 'the event';
  if (options.json) io.write(`${JSON.stringify(toJson(explained, options.rule.length > 0), null, 2)}\n`);
  else {
    const isAsked = options.rule.length > 0;
    const buses = [
      ...new Set(
        templates.flatMap(({ rules }) => rules.filter(({ eventPattern }) => eventPattern).map(({ bus }) => bus)),
      ),
    ];
    const texts = explained.map((one, i) =>
      explainText(one, {
        label: events.length === 1 ? label : `${label}, ${i + 1} of ${events.length}`,
        buses,
        isAsked,
        color: io.color,
        columns: io.columns,
      }),
    );
    io.write(texts.join('\n'));
  }
  return explained.every((one) => reaches(one, options.rule.length > 0)) ? 0 : 1;
}

function assertNoGuesses({ place, form, filledIn, guesses, leftOut }: ExplainInput): void {
  const missing = filledIn.length === 0 ? [] : [`it lacks ${filledIn.join(', ')}`];
  const unknown = leftOut.length === 0 ? [] : [`no event has ${leftOut.join(', ')}`];
  const all = [...missing, ...guesses, ...unknown];
  if (all.length > 0) throw new UsageError(`${place} is ${form}, which --strict refuses: ${all.join('; ')}`);
}

function verdicts({ event }: ExplainInput, asked: readonly string[], templates: readonly ReadTemplate[]) {
  if (event === undefined) return [];
  const isAsked = ({ rule, name, names }: RuleVerdict) =>
    asked.length === 0 || asked.some((one) => one === rule || one === name || names.includes(one));
  return explainRules(event, templates).filter(isAsked);
}

function assertKnownRules(asked: readonly string[], templates: readonly ReadTemplate[]): void {
  const known = templates.flatMap(namesOf);
  for (const name of asked) {
    if (known.some((names) => names.includes(name))) continue;
    const nearest = nearestName(name, known.flat());
    const list = known.map(([first]) => first).slice(0, 20);
    const hint = nearest === undefined ? `there are ${list.join(', ') || 'none'}` : `did you mean ${nearest}?`;
    throw new UsageError(`the templates have no rule ${JSON.stringify(name)}; ${hint}`);
  }
}

/** Every rule that was asked for matches; of rules that were not, one. */
function reaches({ rules }: Explained, isAsked: boolean): boolean {
  return isAsked ? rules.length > 0 && rules.every(({ matches }) => matches) : rules.some(({ matches }) => matches);
}

function toJson(explained: readonly Explained[], isAsked: boolean) {
  return {
    footbridge: 1,
    matches: explained.every((one) => reaches(one, isAsked)),
    events: explained.map(({ event }) => ({
      place: event.place,
      form: event.form,
      bus: event.bus,
      busIsNamed: event.busIsNamed,
      filledIn: event.filledIn,
      guesses: event.guesses,
      leftOut: event.leftOut,
      refusal: event.refusal,
      event: event.event?.envelope,
    })),
    // Which event it is about counts from 0.
    rules: explained.flatMap(({ rules }, event) => rules.map(({ names: _, ...verdict }) => ({ event, ...verdict }))),
  };
}
