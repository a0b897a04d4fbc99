import { expect, test } from 'vitest';
import { supportsColor } from '../../src/commands/terminal.js';

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
])(
  'Colour is wanted as the environment %j says, before the terminal (%j)',
  (environment, terminalHasColors, wanted) => {
    expect(supportsColor(environment, terminalHasColors)).toBe(wanted);
  },
);
