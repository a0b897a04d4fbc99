import type { AccountRegion } from '../base/arn.js';
import { invalid } from '../base/service-error.js';
import { type DetailIssue, detailIssues } from '../contracts/detail-issues.js';
import type { DefinedEvent } from '../contracts/event-definition.js';
import { busNameOf } from '../core/bus-names.js';
import type { BusEvent } from '../events/bus-event.js';
import type { PutEventsRequestEntry } from '../events/entry.js';
import { parseDetail } from '../events/validate-entry.js';
import type { HistoryEntry } from '../history/history-entry.js';
import { describeKind, type InvalidDetail } from './invalid-detail-error.js';

const maxNamed = 10;

/** The fact that a detail is not what its definition wants. */
export type InvalidDetailFact = Extract<HistoryEntry, { kind: 'invalid-detail' }>;

/** What becomes of an invalid detail. */
export interface DetailReport {
  /** Of events that nobody has published yet. Throws what keeps them from it. */
  readonly refused: (facts: readonly InvalidDetailFact[], failures: readonly InvalidDetail[]) => void;
  /** Of an event that was let in. Never throws. */
  readonly entered: (fact: InvalidDetailFact) => void;
}

/** Holds events against their definitions. With no definitions there is nothing to hold. */
export class DetailValidator {
  readonly #definitions = new Map<string, DefinedEvent>();
  readonly #home: AccountRegion;
  readonly #report: DetailReport;

  constructor(definitions: readonly DefinedEvent[], home: AccountRegion, report: DetailReport) {
    // Read once: whatever is in the way of reading shows when the bridge is made.
    for (const { source, detailType, schema } of definitions) {
      this.#definitions.set(definitionKey(source, detailType), { source, detailType, schema });
    }
    this.#home = home;
    this.#report = report;
  }

  /**
   * Throws if one of the entries must not be published, or answers a promise that rejects: where no schema is asynchronous
   * everything is decided at once.
   */
  checkBeforePublish(entries: readonly PutEventsRequestEntry[]): Promise<void> | undefined {
    if (this.#definitions.size === 0) return undefined;
    for (const [index, entry] of entries.entries()) this.#requireDefinition(entry, index);
    const found = entries.map(({ Source: source, DetailType: type, Detail }) => this.#issues(source, type, Detail));
    const judge = (issues: readonly (readonly DetailIssue[])[]): void => {
      const invalid = issues.flatMap((of, index) => (of.length > 0 ? [index] : []));
      if (invalid.length === 0) return;
      const failures = invalid.map((index): InvalidDetail => {
        const { Source: source = '', DetailType: detailType = '' } = entries[index] as PutEventsRequestEntry;
        return { index, source, detailType, issues: issues[index] as readonly DetailIssue[] };
      });
      const facts = failures.map(({ index, ...failure }): InvalidDetailFact => {
        const { EventBusName: name, Detail: detail = '' } = entries[index] as PutEventsRequestEntry;
        const bus = busNameOf(this.#home, name) ?? (name as string);
        return { kind: 'invalid-detail', event: undefined, bus, detail, ...failure };
      });
      this.#report.refused(facts, failures);
    };
    if (!found.every(isSynchronous)) return Promise.all(found).then(judge);
    judge(found);
    return undefined;
  }

  /** An event that came in otherwise stays in. */
  checkAccepted(event: BusEvent): void {
    if (this.#definitions.size === 0) return;
    const { bus, detail, fields } = event;
    const { source, 'detail-type': detailType } = fields;
    const tell = (issues: readonly DetailIssue[]): void => {
      if (issues.length > 0) {
        this.#report.entered({ kind: 'invalid-detail', event, bus, source, detailType, detail, issues });
      }
    };
    const issues = this.#issues(source, detailType, detail);
    if (isSynchronous(issues)) tell(issues);
    else void issues.then(tell);
  }

  /** What PutEvents refuses anyway is left to it. */
  #issues(source = '', detailType = '', text = ''): readonly DetailIssue[] | Promise<readonly DetailIssue[]> {
    const schema = this.#definitions.get(definitionKey(source, detailType))?.schema;
    const detail = schema && parseDetail(text);
    return schema && detail ? detailIssues(schema, detail.value) : [];
  }

  #requireDefinition({ Source: source, DetailType: detailType }: PutEventsRequestEntry, index: number): void {
    if (!source || !detailType || this.#definitions.has(definitionKey(source, detailType))) return;
    const known = [...this.#definitions.values()]
      .slice(0, maxNamed)
      .map((one) => describeKind(one.source, one.detailType));
    const more = this.#definitions.size > maxNamed ? `, and ${this.#definitions.size - maxNamed} more` : '';
    throw invalid(
      `Event ${index} cannot be published: ${describeKind(source, detailType)} is not among the bridge's events: ${known.join(', ')}${more}.`,
    );
  }
}

function definitionKey(source: string, detailType: string): string {
  return JSON.stringify([source, detailType]);
}

function isSynchronous<Value>(value: readonly Value[] | Promise<readonly Value[]>): value is readonly Value[] {
  return Array.isArray(value);
}
