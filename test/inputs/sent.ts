import { compileInput, type InputOptions, type InputResult } from '../../src/inputs/target-input.js';

/** The text of an envelope around the text of a detail. */
export function envelopeOf(detail: string): string {
  return `{"version":"0","id":"e1","detail-type":"Order Placed","source":"com.shop","account":"111111111111","time":"2024-05-13T12:27:20Z","region":"us-east-1","resources":["arn:a","arn:b"],"detail":${detail}}`;
}

/** What a target with these options is sent for an event with this detail. */
export function inputOf(options: Omit<InputOptions, 'Id'>, detail: string): InputResult {
  const makeInput = compileInput({ Id: '1', ...options });
  if (makeInput === undefined) throw new Error('The target is sent each event as it is.');
  return makeInput({
    event: { text: envelopeOf(detail) },
    ruleArn: 'arn:aws:events:us-east-1:111111111111:rule/orders/big',
    ruleName: 'big',
    acceptedAt: Date.UTC(2024, 4, 13, 12, 27, 21, 999),
  });
}

/** The same where it is a text, which must be. */
export function sent(options: Omit<InputOptions, 'Id'>, detail: string): string {
  const input = inputOf(options, detail);
  if (input.kind === 'failed') throw new Error(input.errorMessage);
  return input.text;
}

/** What a template makes of an event with this detail, each path named by its last member. */
export function filled(template: string, paths: readonly string[], detail: string): string {
  return sent(transformer(template, paths), detail);
}

export function transformer(InputTemplate: string, paths: readonly string[]): Omit<InputOptions, 'Id'> {
  const InputPathsMap = Object.fromEntries(paths.map((path) => [path.slice(path.lastIndexOf('.') + 1), path]));
  return { InputTransformer: { InputPathsMap, InputTemplate } };
}
