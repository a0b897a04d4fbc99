import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/run-command.js';
import { createBridge } from '../../src/index.js';
import { captureWarnings } from '../warnings.js';
import { recordedIo } from './recorded-io.js';

/** Clears the screen, as C0 and as C1; turns the direction of writing; a bell, a delete, a line separator. */
const hostile = '\u001b[2J\u009b2J\u202e\u2066\u0007\u007f\u2028';
const obeyed = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

const event = JSON.stringify({
  source: hostile,
  'detail-type': `Placed ${hostile}`,
  detail: { [hostile]: hostile, total: hostile },
  [`extra${hostile}`]: 1,
});
const pattern = JSON.stringify({ source: ['other'], detail: { [hostile]: [`${hostile}!`] } });
const template = JSON.stringify({
  Parameters: { [`P${hostile}`]: { Type: 'String' } },
  Resources: {
    [`Rule${hostile}`]: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern: { source: [`x${hostile}`], [hostile]: [1] }, Targets: [{ Id: 'a', Arn: hostile }] },
    },
    Good: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'good',
        EventPattern: { source: [hostile] },
        Targets: [{ Id: 'a', Arn: `arn:aws:lambda:us-east-1:123456789012:function:a` }],
      },
    },
    Bad: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: hostile } } },
  },
});
const good = JSON.stringify({ Resources: { Good: JSON.parse(template).Resources.Good } });
const files = {
  'event.json': event,
  'pattern.json': pattern,
  'template.json': template,
  'good.json': good,
  'parameters.json': `{"${hostile.replace('\u001b', '\\u001b').replace('\u0007', '\\u0007')}":{"a":1}}`,
  'broken.json': `{"a" ${hostile}`,
};

describe('Control characters', () => {
  test.each<[...string[]]>([
    ['test-pattern', pattern, event],
    ['test-pattern', hostile, event],
    ['test-pattern', '{"source":["a"]}', `{"source": ${hostile}`],
    ['explain', 'event.json', '--rules', 'good.json'],
    ['explain', 'event.json', '--rules', 'good.json', '--json'],
    ['explain', 'event.json', '--rules', 'good.json', '--rule', `goo${hostile}`],
    ['explain', 'event.json', '--rules', 'good.json', '--strict'],
    ['explain', 'event.json', '--rules', 'template.json'],
    ['explain', 'event.json', '--rules', 'good.json', '--bus', hostile],
    ['explain', 'broken.json', '--rules', 'good.json'],
    ['explain', hostile, '--rules', 'good.json'],
    ['lint', 'template.json'],
    ['lint', 'template.json', '--format', 'json'],
    ['lint', 'template.json', '--format', 'github'],
    ['lint', 'template.json', '--format', 'sarif'],
    ['lint', 'template.json', '--format', hostile],
    ['lint', 'good.json', '--parameters', 'parameters.json'],
    ['lint', 'good.json', '--parameters', 'broken.json'],
    ['lint', 'good.json', '--parameter', `A${hostile}`],
    ['lint', `no${hostile}.json`],
    ['contracts', '--events', 'event.json', '--rules', 'good.json'],
    ['contracts', '--events', 'event.json', '--rules', 'good.json', '--json'],
    ['contracts', `--ev${hostile}ents`, 'event.json'],
    ['serve', '--port', hostile],
    ['serve', '--rules', 'template.json'],
    ['tail', hostile],
    ['put-events', hostile],
    [`lin${hostile}`],
  ])('What goes to a terminal has no control character of its input, case %#', async (...args) => {
    const io = recordedIo({ files });
    await runCommand(args, io);
    const printed = io.output() + io.errors();
    expect(printed).not.toBe('');
    expect(obeyed.exec(printed)?.[0]).toBeUndefined();
  });

  test('What goes to a terminal has no control character of an ARN that a bridge warns about', async () => {
    const warnings = captureWarnings();
    await using bridge = createBridge({ onUnknownBus: 'warn', onFailedDelivery: 'warn' });
    bridge.on({ source: ['a'] }, () => Promise.reject(new Error(hostile)));
    await bridge.publish({ source: 'a', detailType: hostile, detail: {} });
    await bridge.idle();
    expect(warnings.join('\n')).toContain('\\u001b[2J');
    expect(obeyed.exec(warnings.join('\n'))).toBeNull();
  });

  test('What goes to a terminal is the same JSON as before, because strings escape what JSON can escape', async () => {
    const io = recordedIo({ files });
    await runCommand(['explain', 'event.json', '--rules', 'good.json', '--json'], io);
    expect(JSON.parse(io.output()).events[0].event.source).toBe(hostile);
  });
});
