import { nearestName } from '../../base/describe.js';
import { type CommandIo, type ExitCode, UsageError } from '../command-io.js';
import { readCommandLine } from '../command-line.js';
import { readInputEvents } from '../input-events.js';
import { readArgument } from '../read-input.js';
import { assertNoProblems, type ReadTemplate, readTemplates } from '../read-templates.js';
import { readTemplateOptions, templateOptions } from '../template-options.js';
import { jsonDocument } from '../terminal.js';
import { type ExplainInput, toExplainInput } from './explain-input.js';
import { explainRules, namesOf, type RuleVerdict } from './explain-rules.js';
import { exescapeLine } from './explain-text.js';

interface Explained {
  readonly event: ExplainInput;
  readonly rules: readonly RuleVerdict[];
}

/** `explain EVENT --rules TEMPLATE`: which rules each event matches, and why not others. Returns 1 if an event matches none. */
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
    const hint = options.rules.length > 1 ? '; put the EVENT before --rules, which takes all that follows' : '';
    throw new UsageError(`explain takes an EVENT; ${words.length} given${file === undefined ? hint : ''}`);
  }
  if (options.rules.length === 0) throw new UsageError('explain needs --rules TEMPLATE');
  if (file === '-' && options.rules.includes('-')) {
    throw new UsageError('standard input can be the EVENT or the TEMPLATE, not both');
  }
  const settings = await readTemplateOptions(options, io);
  const argument = await readArgument(file, io);
  const events = readInputEvents(argument).map((given) => toExplainInput(given, settings, options.bus));
  if (options.strict) for (const event of events) assertNoGuesses(event);
  const templates = await readTemplates(options.rules, settings, io);
  assertNoProblems(templates, options.rule);
  assertKnownRules(options.rule, templates);

  const explained = events.map((event): Explained => ({ event, rules: verdicts(event, options.rule, templates) }));
  const label = argument.origin.replace(/: $/, '') || 'the event';
  if (options.json) io.write(jsonDocument(toJson(explained, options.rule.length > 0), 2));
  else {
    const isAsked = options.rule.length > 0;
    const buses = [
      ...new Set(
        templates.flatMap(({ rules }) => rules.filter(({ eventPattern }) => eventPattern).map(({ bus }) => bus)),
      ),
    ];
    const texts = explained.map((one, i) =>
      exescapeLine(one, {
        label: events.length === 1 ? label : `${label}, ${i + 1} of ${events.length}`,
        buses,
        isAsked,
        color: io.color,
        columns: io.columns,
      }),
    );
    io.write(texts.join('\n'));
  }
  return explained.every((one) => isMatched(one, options.rule.length > 0)) ? 0 : 1;
}

function assertNoGuesses({ location, form, defaulted, guesses, ignored }: ExplainInput): void {
  const missing = defaulted.length === 0 ? [] : [`it lacks ${defaulted.join(', ')}`];
  const unknown = ignored.length === 0 ? [] : [`events do not have ${ignored.join(', ')}`];
  const all = [...missing, ...guesses, ...unknown];
  if (all.length > 0) throw new UsageError(`${location} is ${form}, which --strict rejects: ${all.join('; ')}`);
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
    const hint = nearest === undefined ? `they have ${list.join(', ') || 'none'}` : `did you mean ${nearest}?`;
    throw new UsageError(`the templates have no rule ${JSON.stringify(name)}; ${hint}`);
  }
}

/** Whether every rule that was asked for matches; if none was asked for, whether any rule matches. */
function isMatched({ rules }: Explained, isAsked: boolean): boolean {
  return isAsked ? rules.length > 0 && rules.every(({ matches }) => matches) : rules.some(({ matches }) => matches);
}

function toJson(explained: readonly Explained[], isAsked: boolean) {
  return {
    footbridge: 1,
    matches: explained.every((one) => isMatched(one, isAsked)),
    events: explained.map(({ event }) => ({
      location: event.location,
      form: event.form,
      bus: event.bus,
      busIsNamed: event.busIsNamed,
      defaulted: event.defaulted,
      guesses: event.guesses,
      ignored: event.ignored,
      rejection: event.rejection,
      event: event.event?.envelope,
    })),
    // `event` is the index of the event, from 0.
    rules: explained.flatMap(({ rules }, event) => rules.map(({ names: _, ...verdict }) => ({ event, ...verdict }))),
  };
}
