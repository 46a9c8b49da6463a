import { type Alert, SEVERITIES } from "../../protocol/alerts.js";

/** How many alerts that are over are remembered. */
const RECENT = 100;

/** The alerts that fire and those that are over, and of which of them nobody is to be notified. */
export class AlertBook {
  private alerts: readonly Alert[];
  private readonly mutes: Map<string, number | null>;

  /**
   * @param alerts in any order
   * @param mutes until when (epoch ms) an alert is muted, by its id; `null` for until it is taken back
   */
  constructor(alerts: readonly Alert[] = [], mutes: Readonly<Record<string, number | null>> = {}) {
    this.alerts = alerts;
    this.mutes = new Map(Object.entries(mutes));
  }

  get firing(): readonly Alert[] {
    return this.alerts.filter(({ state }) => state === "firing");
  }

  /** Alerts that fire, the most urgent first, then those that are over, the last one first. */
  list(now: number): readonly Alert[] {
    return this.alerts.map((alert) => this.withMute(alert, now)).sort(byUrgency);
  }

  /** Notes an alert in its new state, in place of the one of its id that fired. */
  enter(alert: Alert): void {
    const others = this.alerts.filter(({ id, state }) => id !== alert.id || state !== "firing");
    const over = [
      ...(alert.state === "resolved" ? [alert] : []),
      ...others.filter(({ state }) => state === "resolved"),
    ];
    const firing = [
      ...(alert.state === "firing" ? [alert] : []),
      ...others.filter(({ state }) => state === "firing"),
    ];
    this.alerts = [...firing, ...over.slice(0, RECENT)];
  }

  /** @param until epoch ms; `null` for until it is taken back */
  mute(id: string, until: number | null): void {
    this.mutes.set(id, until);
  }

  unmute(id: string): void {
    this.mutes.delete(id);
  }

  isMuted(id: string, now: number): boolean {
    const until = this.mutes.get(id);
    return until !== undefined && (until === null || until > now);
  }

  /** Epoch ms; `null` where the mute has no end, or there is none. */
  mutedUntil(id: string): number | null {
    return this.mutes.get(id) ?? null;
  }

  /** When (epoch ms) the next mute ends; `null` where none does. */
  get nextUnmuteAt(): number | null {
    const ends = [...this.mutes.values()].filter((until) => until !== null);
    return ends.length === 0 ? null : Math.min(...ends);
  }

  /** Forgets mutes that are over; whether there were any. */
  dropEndedMutes(now: number): boolean {
    const ended = [...this.mutes].filter(([, until]) => until !== null && until <= now);
    for (const [id] of ended) this.mutes.delete(id);
    return ended.length > 0;
  }

  private withMute(alert: Alert, now: number): Alert {
    if (!this.isMuted(alert.id, now)) return { ...alert, muted: false };
    const until = this.mutedUntil(alert.id);
    // A file that somebody wrote in may name a time that no calendar has.
    const ends = until !== null && !Number.isNaN(new Date(until).getTime());
    return { ...alert, muted: true, ...(ends && { mutedUntil: new Date(until).toISOString() }) };
  }

  save(): { readonly alerts: readonly Alert[]; readonly mutes: Readonly<Record<string, number | null>> } {
    return { alerts: this.alerts, mutes: Object.fromEntries(this.mutes) };
  }
}

function byUrgency(a: Alert, b: Alert): number {
  if (a.state !== b.state) return a.state === "firing" ? -1 : 1;
  const urgency = SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
  if (a.state === "firing" && urgency !== 0) return urgency;
  return (b.resolvedAt ?? b.since).localeCompare(a.resolvedAt ?? a.since);
}
