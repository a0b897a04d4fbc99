import { createHost } from '../core/host.js';
import type { Host, Plugin } from '../core/plugin.js';
import type { Route } from '../delivery/route.js';
import type { OperationCall } from '../history/call-log.js';
import type { EventMatcher } from '../patterns/index/event-matcher.js';
import type { HandledFunction } from '../targets/handlers.js';
import type { Citation } from '../targets/target-kind.js';
import { absentPlugins } from './absent-plugins.js';
import type { DetailValidator } from './detail-validator.js';
import type { Settings } from './options.js';
import { createReporter, type Listeners, type OutcomeCounts } from './reporter.js';
import { safeClockAndRandom, validatedClock, validatedIds } from './safe-clock.js';
import { DeferredErrors } from './violations.js';

/** What a bridge is made of, and stays when its core is made anew. */
export interface Composition {
  readonly settings: Settings;
  readonly plugins: readonly Plugin[];
  readonly createMatcher: () => EventMatcher<Route>;
}

/** Everything of a bridge that `reset` makes anew. */
export interface Core {
  readonly host: Host;
  /** Holds details against the definitions of the options. */
  readonly details: DetailValidator;
  readonly counts: OutcomeCounts;
  /** What the next `idle`, `drain` or `close` rejects with. */
  readonly deferredErrors: DeferredErrors;
  readonly code: CodeBindings;
}

/** What is code, not data: it outlives `restore`. */
export interface CodeBindings {
  /** Handlers by ARN. */
  readonly functions: Map<string, HandledFunction>;
  /** What templates say, by ARN. */
  readonly templateSources: Map<string, Citation>;
  /** A name for a subscription that has none. */
  readonly nextSubscriptionName: () => string;
}

/** Puts a core together: where its time comes from, where it reports, and the host of its plugins. */
export function createCore(
  { settings, plugins, createMatcher }: Composition,
  listeners: Listeners,
  code: CodeBindings = createCodeBindings(),
): Core {
  const clock = validatedClock(settings.clock);
  const deferredErrors = new DeferredErrors();
  const safe = safeClockAndRandom(clock, settings.random, (error) => deferredErrors.add(error));
  const reporter = createReporter(settings, safe.clock, listeners, deferredErrors);
  const host = createHost(
    {
      home: { account: settings.account, region: settings.region },
      clock,
      safeClock: safe.clock,
      ids: validatedIds(settings.ids),
      random: safe.random,
      limits: settings.limits,
      createMatcher,
      functions: code.functions,
      templateSources: code.templateSources,
      report: reporter.routing,
      deliveries: reporter.deliveries,
      onCall: (call: OperationCall) => listeners.history?.addCall(call, safe.clock.now()),
      capture: (work) => deferredErrors.capture(work),
      absentPlugins: absentPlugins(plugins),
    },
    plugins,
  );
  return { host, details: reporter.details, counts: reporter.counts, deferredErrors, code };
}

function createCodeBindings(): CodeBindings {
  let unnamed = 0;
  return {
    functions: new Map(),
    templateSources: new Map(),
    nextSubscriptionName: () => `subscription-${++unnamed}`,
  };
}
