import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { md5 } from '../../src/templates/serverless/event-bridge-event.js';

describe('The MD5 of a text', () => {
  test("is Node's, whatever the length and the letters", () => {
    for (let length = 0; length < 200; length++) {
      const text = 'aé\u{1f600}'.repeat(length).slice(0, length);
      expect(md5(text)).toBe(createHash('md5').update(text).digest('hex'));
    }
  });
});
