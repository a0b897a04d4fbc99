import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { filesBelow, read } from './source-tree.js';

/** Files and folders whose words are checked. A change that cleans up another one adds it here. */
const checked = [
  ...['src/base', 'src/contracts', 'src/events', 'src/history', 'src/inputs', 'src/model', 'src/patterns'],
  ...['src/events.ts', 'src/patterns.ts', 'PATTERNS.md', 'docs/glossary.md'],
  ...['src/templates', 'src/templates.ts', 'docs/templates.md', 'docs/lint.md'],
];

/** Turns of phrase in comments, strings and pages, each with what to write. Sentences recorded from AWS have none of them. */
const banned: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\b(it|which|that|function|call|promise|method|and) answers\b/i, 'returns; resolves to'],
  [/(^|\/\*\* )answers (a|an|every|false|how|its|the|true|what|whether|with)\b/i, 'returns; responds with'],
  [/\bthe answer\b/i, 'the result; the response'],
  [/\b(is|are|was|were) answered\b/i, 'is returned; gets a response'],
  [/\b(lest|whom|who(so)?ever|nobody|somebody|anybody)\b/i, 'so that … does not; which; no caller; a caller'],
  [
    /(?<!\bthere )\b(is|are|was|were|be) no (?!longer\b|more than\b|larger\b|later\b|earlier\b|different\b)/i,
    'is not a',
  ],
  [/(?<!\bthere )\b(is|are) none\b/i, 'is invalid; does not exist'],
  [/\bthat there (is|are) (not|no)\b|\bthere (is|are) not\b/i, 'that does not exist'],
  [/\bat most so (many|often)\b|\bso many (?!that\b)/i, 'at most `n`; the maximum number of'],
  [/\bbeside\b/i, 'next to; in addition to; except'],
  [/\bharms? (nobody|no|the)\b/i, 'does not affect'],
  [/\bin (vain|silence)\b/i, 'without result; silently'],
  [/\bpass(es|ed)? over\b/i, 'ignores; skips'],
  [/\bfor ever\b/i, 'forever'],
  [/\b(is|are|be|was) told\b|\btold (of|on|by)\b/i, 'is notified; is logged'],
  [/\btells? (the|every|which|what|apart|whether|of)\b/i, 'notifies; reports; distinguishes'],
  [/\bwhat (it|they|these|each|one) (comes?|came) to\b|\bcomes? to nothing\b/i, 'the result of; how it ends'],
  [/\b(became|becomes?) of\b/i, 'what happened to'],
  [/\b(comes?|came) to (its|their|an|a good|no) end\b/i, 'ends'],
  [/\bcomes? to rest\b/i, 'becomes idle'],
  [/\bstands? (in|on|at|behind|for|there|beside|above|below)\b/i, 'is in; is at; represents'],
  [/\blies? (in|below|behind|there|elsewhere)\b/i, 'is in; follows'],
  [/\bgoes? on\b/i, 'continues'],
  [/\b(takes?|taken|took|gives?|given) back\b/i, 'removes; returns'],
  [/\b(is|are) to be (?!\w+ed by\b)/i, 'must be; should be'],
  [/\bbut for\b/i, 'except for'],
  [/\bof itself\b/i, 'itself'],
  [/\bmend(s|ed)?\b/i, 'fixes'],
  [/\bas new\b/i, 'to its initial state'],
  [/\bwho (reads|asks|hears|calls|waits|made|took|throws|passes)\b/i, 'the caller; a listener that'],
  [/\bcarr(y|ies|ied) out\b/i, 'performs; supports'],
  [/\bof whatever\b|\bwhatever (it|they) (is|are)\b/i, 'of any'],
  [/\ba text\b|\btexts\b/i, 'a string; JSON text'],
  [/\bunder way\b/i, 'in progress'],
  [/\bhas no JSON text\b/i, 'cannot be serialized to JSON'],
  [/\bthe other way round\b/i, 'the second direction in words'],
  [/\b(is|are) filed (by|under)\b/i, 'is indexed by'],
  [/\b(has|have) forgotten\b|\bforgets?\b/i, 'has evicted; removes'],
  [/\bnot any ?more\b|\bno more\b(?! than)/i, 'no longer'],
  [/\bthe like\b|\band its like\b/i, 'and similar'],
  [/\bgood end\b|\bto no end\b/i, 'successfully; did not finish'],
  [/\bwants\b/i, 'matches; requires; expects'],
  [/\basks? (for|of|less|more)\b/i, 'requires; tests'],
  [/\b(is|was) meant\b/i, 'refers to; intended'],
  [/\bhears?\b/i, 'is notified; receives'],
  [/\bsays? (so|what|why|which|how)\b/i, 'explains; describes'],
  [/\bin (its|their) order\b/i, 'in order'],
  [/\bin a row\b/i, 'consecutive'],
  // A finding of lint has the code `refused`, which other tools read.
  [/\brefus(e|es|ed|al|als)\b(?<!'refused|## refused)/i, 'rejects; an error'],
  [/\b(thereof|therein|whence|hence|thus|hither|upon|shall|ought)\b/i, 'a plain word'],
];

/** Names that the glossary replaced. */
const oldNames =
  /\b(Bell|ringOnce|unhang|Lane|Passage|takePassage|Entrance|Objections|Strictness|noneEnded|Slices|cutShort|Parked|Gate|hop|secondHop|KeepFor|spoil|leftOver|Fact|DatedFact|isBehind|tellLater|journeys?|EventJourney|forgotten|giveWay|heirs|asker|Places|Citation|Wants?|detours|isEntangled|isDue|crowded|ManyKeys|KeyTexts|NameGuess|patience|Home|printable|makeHandle|EnvelopeHead|EntryIssue|JsonOf|PatternMaker|PublishedBy)\b|\b(most|least|longest|deepest|usual)[A-Z]\w*/;

/** Comments, and the literals of strings. */
const prose = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

const files = checked.flatMap((path) =>
  statSync(new URL(`../../${path}`, import.meta.url)).isDirectory()
    ? filesBelow(path).map((name) => `${path}/${name}`)
    : [path],
);

/** Returns the parts of a file that are prose, each with the number of its first line. */
function proseOf(path: string, text: string): readonly { readonly line: number; readonly text: string }[] {
  const parts = path.endsWith('.md') ? [{ index: 0, 0: text }] : [...text.matchAll(prose)];
  return parts.map((part) => ({ line: lineAt(text, part.index), text: part[0] }));
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

describe('The words of the project', () => {
  test('are plain English in the files that are listed', () => {
    const found = files.flatMap((path) =>
      proseOf(path, read(path)).flatMap(({ line, text }) =>
        banned.flatMap(([pattern, instead]) => {
          const match = pattern.exec(text);
          if (match === null) return [];
          return [`${path}:${line + lineAt(text, match.index) - 1}: "${match[0]}": write ${instead}`];
        }),
      ),
    );
    expect(found).toEqual([]);
  });

  test('are the names of the glossary in the files that are listed', () => {
    const found = files.flatMap((path) =>
      read(path)
        .split('\n')
        .flatMap((line, i) => {
          const match = oldNames.exec(line);
          return match === null ? [] : [`${path}:${i + 1}: ${match[0]}`];
        }),
    );
    expect(found).toEqual([]);
  });

  test('are found where they are', () => {
    const parts = proseOf('a.ts', "const answer = 'it';\n/** Answers the id. */\ncall(`a text`); // by nobody");
    expect(parts.map(({ line, text }) => [line, banned.filter(([pattern]) => pattern.test(text)).length])).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
      [3, 1],
    ]);
    expect(oldNames.exec('const mostEdits = 2;')?.[0]).toBe('mostEdits');
  });
});
