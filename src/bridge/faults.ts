import { readDuration } from '../base/clock/clock.js';
import type { Fault } from '../base/fault.js';
import { invalid } from '../base/service-error.js';
import { bound, type OptionCheck, rate, readCallOptions, text } from '../core/call-options.js';
import type { Host, Plugin, ServiceKey } from '../core/plugin.js';
import { targetArn } from '../targets/handlers.js';
import { type TargetFault, TargetFaults, withFaults } from '../targets/target-faults.js';
import { type ChaosOptions, startChaosOn } from './chaos.js';
import { type PutEventsFault, PutEventsFaults } from './put-events-faults.js';

/** Makes things go wrong on purpose. A fault ends by `dispose`, by `using`, or when it has fired as often as it was to. */
export interface Faults {
  /**
   * Makes PutEvents refuse entries, or whole calls, that nothing is wrong with; `publish` too. Throws
   * `ValidationException` and `InvalidEventPatternException`.
   */
  putEvents(fault: PutEventsFault): Fault;
  /**
   * Makes attempts to deliver to a target fail with a code, or come late; a bare name means a Lambda function of this
   * account and region. A code is a failure of the delivery, as the service would meet it, also for a Lambda function.
   * Throws `ValidationException`.
   */
  target(arnOrName: string, fault: TargetFault): Fault;
}

const code: OptionCheck = { holds: (value) => typeof value === 'string' && value !== '', wanted: 'an error code' };
const isEntry = (value: unknown): boolean =>
  typeof value === 'number' ? Number.isInteger(value) && value >= 0 : /^(string|object|function)$/.test(typeof value);
const putEventsChecks = {
  code,
  message: text,
  entry: { holds: isEntry, wanted: 'a place from 0, a pattern or a function' },
  calls: bound,
};
const targetChecks = {
  code,
  message: text,
  latency: { holds: (value: unknown) => readDuration(value) !== undefined, wanted: 'a duration such as "5s"' },
  times: bound,
  rate,
};

/** Errors and latency on purpose. */
export interface FaultAccess {
  /** Injects errors and latency. Faults end with `reset`; one that never fired is warned of at `close`. */
  readonly faults: Faults;
}

interface FaultService {
  readonly putEvents: PutEventsFaults;
  readonly targets: TargetFaults;
}

const faultService: ServiceKey<FaultService> = { plugin: 'faults' };

/** Faults of PutEvents and of targets, and `chaos`. */
export function faults(): Plugin<object, FaultAccess> {
  return {
    name: 'faults',
    members: ({ openHost, addInternals }) => {
      addInternals({ disturb: (options: ChaosOptions) => startChaosOn(openHost(), options) });
      return { faults: makeFaults(openHost) };
    },
    install: (host) => {
      const service: FaultService = { putEvents: new PutEventsFaults(), targets: new TargetFaults(host.random) };
      return {
        service,
        interceptor: service.putEvents,
        wrapReceiver: (receiver, target) => withFaults(receiver, target, service.targets, host.safeClock),
        unfired: () => [...service.putEvents.unfired(), ...service.targets.leftOver()],
      };
    },
  };
}

function makeFaults(openHost: () => Host): Faults {
  return {
    putEvents: (fault) => {
      const read = readCallOptions('faults.putEvents', fault, putEventsChecks);
      if (read.code === undefined) throw invalid('faults.putEvents: code must be an error code, but is undefined.');
      return openHost().require(faultService, 'A fault').putEvents.add(read);
    },
    target: (arnOrName, fault) => {
      const read = readCallOptions('faults.target', fault, targetChecks);
      if (read.code === undefined && read.latency === undefined) {
        throw invalid('faults.target: a code or a latency must be given.');
      }
      const host = openHost();
      return host.require(faultService, 'A fault').targets.add(targetArn(host.home, arnOrName), read);
    },
  };
}
