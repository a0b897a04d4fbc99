import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/commands/run-command.js';
import { recordedIo } from './recorded-io.js';

const pattern = { account: [{ Ref: 'AWS::AccountId' }], region: [{ Ref: 'AWS::Region' }], source: [{ Ref: 'Source' }] };
const template = JSON.stringify({
  Parameters: { Source: { Type: 'String' } },
  Resources: { Only: { Type: 'AWS::Events::Rule', Properties: { EventPattern: pattern } } },
});
const files = {
  'template.json': template,
  'event.json': '{"source":"com.shop","detail-type":"a"}',
  'object.json': '{"Source":"com.shop","Size":3,"Zones":["a","b"]}',
  'pipeline.json': '{"Parameters":{"Source":"com.shop"},"Tags":{}}',
  'list.json': '[{"ParameterKey":"Source","ParameterValue":"com.shop"}]',
  'other.json': '{"Source":"com.bank"}',
  'wrong.json': '{"Source":{"Ref":"a"}}',
  'broken.json': '{"Source":\n com}',
};
const home = ['--account', '210987654321', '--region', 'eu-west-1'];

async function run(...args: string[]) {
  const io = recordedIo({ files });
  const exit = await runCommand(args, io);
  return { exit, output: io.output(), errors: io.errors() };
}

const explain = (...args: string[]) => run('explain', 'event.json', '--rules', 'template.json', ...args);

describe('Options of templates', () => {
  test.each([
    [['--parameter', 'Source=com.shop']],
    [['--parameters', 'object.json']],
    [['--parameters', 'pipeline.json']],
    [['--parameters', 'list.json']],
    [['--parameters', '{"Source":"com.shop"}']],
    [['--parameters', 'other.json', 'object.json']],
    [['--parameters', 'other.json', '--parameter', 'Source=com.shop']],
  ])('The options of templates give the values of parameters: %j', async (options) => {
    expect(await explain(...options, ...home)).toMatchObject({ exit: 0, errors: '' });
  });

  test('The options of templates set the account and region of template and events', async () => {
    const { output } = await explain('--parameter', 'Source=com.shop', ...home, '--stack-name', 'shop', '--json');
    expect(JSON.parse(output)).toMatchObject({
      events: [{ event: { account: '210987654321', region: 'eu-west-1' } }],
      rules: [{ name: 'shop-Only', matches: true }],
    });
  });

  test('The options of templates are reported if no template has such a parameter', async () => {
    const { exit, errors } = await explain('--parameter', 'Source=com.shop', 'Sorce=x', 'ssm:/a=b', ...home);
    expect({ exit, errors }).toEqual({ exit: 0, errors: 'footbridge: no template has a parameter Sorce\n' });
  });

  test.each([
    ['explain', 'event.json', '--rules', 'template.json'],
    ['contracts', '--events', 'event.json', '--rules', 'template.json'],
    ['lint', 'template.json'],
  ])('The options of templates come from %s', async (...args) => {
    const without = await run(...args);
    expect(without.output + without.errors).toContain('(set it with --parameter Source=VALUE)');
    expect((await run(...args, '--parameters', 'list.json', '--stack-name', 'a', ...home)).exit).toBe(0);
  });

  test.each([
    [['--account', '1'], '--account must be 12 digits, but is "1".'],
    [['--region', 'Dublin'], '--region must be a region such as "eu-west-1", but is "Dublin".'],
    [['--stack-name', 'a b'], '--stack-name must be a name of letters, digits and dashes that begins with a letter'],
    [['--parameter', 'A=1', 'A=2'], '--parameter A is given twice'],
    [['--parameters', 'nowhere.json'], 'cannot read nowhere.json: no such file'],
    [['--parameters', 'broken.json'], 'broken.json:2:5: this is not JSON'],
    [
      ['--parameters', 'wrong.json'],
      'wrong.json: the parameter Source must be a string, a number, a boolean or a list',
    ],
    [['--parameters', '[1]'], 'a parameter of a list must have a ParameterKey, but is 1'],
    [['--parameters', '"a"'], 'parameters must be an object or a list, but are "a"'],
  ])('The options of templates are rejected: %j', async (options, sentence) => {
    const { exit, errors } = await explain(...options);
    expect(errors).toContain(`footbridge: ${sentence}`);
    expect(exit).toBe(2);
  });
});
