import { describe, expect, test } from 'vitest';
import { loaded, stackFile, withoutMadeUpNames } from './loaded.js';

// The .translated.json are what aws-sam-translator 1.110.0 and `serverless package` of serverless 3.40.0 made of the files beside them.
describe('What SAM and the Serverless Framework make of a template', () => {
  test.each([
    ['sam', 'sam.yaml', 'shop', 10],
    ['serverless', 'serverless.yml', 'my-shop-dev', 13],
  ])('is what is loaded of it: %s', async (name, file, stackName, count) => {
    const { bridge, stack } = await loaded(stackFile(`translated/${file}`), { stackName });
    const translated = await loaded(stackFile(`translated/${name}.translated.json`), { stackName });
    expect(withoutMadeUpNames(bridge.snapshot(), {})).toEqual(withoutMadeUpNames(translated.bridge.snapshot(), {}));
    const facts = ({ rules }: typeof stack) => {
      return rules.map(({ logicalId, targets }) => `${logicalId}: ${targets.map(({ id }) => id).join(', ')}`).sort();
    };
    expect(facts(stack)).toEqual(facts(translated.stack));
    expect(stack.rules).toHaveLength(count);
  });
});
