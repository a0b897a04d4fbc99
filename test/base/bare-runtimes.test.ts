import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Context, createContext, runInContext } from 'node:vm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { utf8Decoder, utf8Encoder } from '../../src/base/utf8.js';

const dist = join(import.meta.dirname, '../../dist');

/** Loads a file of the built package in a realm that has the globals of the language, and these. */
function loadIn(context: Context, path: string, loaded = new Map<string, { exports: unknown }>()): unknown {
  const known = loaded.get(path);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(path, module);
  const load = (name: string) => {
    if (name.startsWith('.')) return loadIn(context, join(dirname(path), name), loaded);
    const resolved = createRequire(path).resolve(name);
    return resolved.startsWith('/') ? loadIn(context, resolved, loaded) : createRequire(path)(name);
  };
  const code = `(function (module, exports, require) {${readFileSync(path, 'utf8')}\n})`;
  runInContext(code, context, { filename: path })(module, module.exports, load);
  return module.exports;
}

/** What React Native with Hermes and Jest's jsdom both have. */
function bareContext(more: object = {}): Context {
  const { setTimeout, clearTimeout, AbortController, AbortSignal, URL, performance, console } = globalThis;
  return createContext({
    setTimeout,
    clearTimeout,
    AbortController,
    AbortSignal,
    URL,
    performance,
    console,
    process: { env: {} },
    ...more,
  });
}

type Index = typeof import('../../src/index.js');

describe('A runtime without TextEncoder, structuredClone, MessageChannel, setImmediate and crypto', () => {
  test('runs a bridge', async () => {
    const index = loadIn(bareContext(), join(dist, 'index.cjs')) as Index;
    const bridge = index.createBridge({ ids: index.sequentialIds() });
    const seen: unknown[] = [];
    bridge.on({ source: ['com.shop'] }, (event) => seen.push(event.detail));
    bridge.handle('bill', (event) => seen.push(event.id));
    await bridge.createEventBus({ Name: 'orders', DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:q' } });
    await bridge.putRule({ Name: 'r', EventPattern: '{"detail":{"größe":[{"wildcard":"*é*€"}]}}' });
    const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
    await bridge.putTargets({ Rule: 'r', Targets: [{ Id: '1', Arn }] });
    const output = await bridge.listTargetsByRule({ Rule: 'r' });
    expect(JSON.stringify(output)).toBe(JSON.stringify({ Targets: [{ Id: '1', Arn }] }));
    await bridge.publish({ source: 'com.shop', detailType: 'x', detail: { größe: 'caf\u00e9 10 \u20ac' } });
    await bridge.idle();
    expect(JSON.stringify(seen)).toBe(
      JSON.stringify([{ größe: 'caf\u00e9 10 \u20ac' }, '00000000-0000-0000-0000-000000000001']),
    );
    await bridge.close();
  });

  test('says what ids need', async () => {
    const index = loadIn(bareContext(), join(dist, 'index.cjs')) as Index;
    const bridge = index.createBridge();
    await expect(bridge.publish({ source: 'a', detailType: 'b', detail: {} })).rejects.toThrow(
      'This runtime has no crypto.getRandomValues, which random ids need. Pass a source of ids',
    );
  });

  test.each(['patterns', 'events', 'fetch', 'aws-sdk', 'mermaid', 'matchers', 'templates', 'http'])(
    'loads the entry point %s',
    (name) => {
      expect(Object.keys(loadIn(bareContext(), join(dist, `${name}.cjs`)) as object).length).toBeGreaterThan(0);
    },
  );
});

describe('A module that loads while fake timers stand', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.resetModules();
  });

  test('waits in real time', async () => {
    vi.useFakeTimers();
    vi.resetModules();
    const { createBridge } = await import('../../src/index.js');
    await expect(createBridge().waitFor({ source: ['never'] }, { timeout: 20 })).rejects.toThrow('20');
  });

  test('takes the real timers as soon as they are back', async () => {
    vi.useFakeTimers();
    vi.resetModules();
    const { startTimer } = await import('../../src/base/clock/real-timers.js');
    vi.useRealTimers();
    await new Promise<void>((resolve) => startTimer(1, resolve));
    const cancel = startTimer(1, () => expect.fail('cancelled'));
    cancel();
    await new Promise((resolve) => setTimeout(resolve, 20));
  });

  test('can be cancelled', async () => {
    vi.useFakeTimers();
    vi.resetModules();
    const { startTimer } = await import('../../src/base/clock/real-timers.js');
    startTimer(1, () => expect.fail('cancelled'))();
    await new Promise<void>((resolve) => startTimer(20, resolve));
  });
});

describe('UTF-8 without TextEncoder', () => {
  afterEach(() => vi.unstubAllGlobals());

  const texts = [
    '',
    'a',
    'é',
    '€',
    '😀',
    '\ud800',
    '\udc00x',
    'a\ud83dz',
    '\u0000\u007f\u0080\u07ff\u0800\uffff',
    '\u{10ffff}',
  ];

  test('is that of the platform', async () => {
    const expected = texts.map((text) => [...new TextEncoder().encode(text)]);
    const decoded = texts.map((text) => text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
    vi.stubGlobal('TextEncoder', undefined);
    vi.stubGlobal('TextDecoder', undefined);
    vi.resetModules();
    const bare: typeof import('../../src/base/utf8.js') = await import('../../src/base/utf8.js');
    expect(texts.map((text) => [...bare.utf8Encoder().encode(text)])).toEqual(expected);
    const target = new Uint8Array(4);
    expect([bare.utf8Encoder().encodeInto('ab\u20ac', target), ...target]).toEqual([
      { written: 4 },
      97,
      98,
      0xe2,
      0x82,
    ]);
    expect(expected.map((bytes) => bare.utf8Decoder().decode(Uint8Array.from(bytes)))).toEqual(decoded);
    vi.unstubAllGlobals();
    expect(bare.utf8Encoder()).toBeInstanceOf(TextEncoder);
    expect(bare.utf8Decoder()).toBeInstanceOf(TextDecoder);
    expect([utf8Encoder(), utf8Decoder()]).toEqual([expect.any(TextEncoder), expect.any(TextDecoder)]);
  });
});
