import { appendFileSync, cpSync } from "node:fs";
import { GitRepository } from "./gitRepository.js";

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Regions of time in days before the present, from the farther to the nearer. */
const SLOW_ANSWERS = [4.2, 4.1] as const;
const SYNC_WARNS = [3.4, 3.2] as const;
const SYNC_FAILS = [3.2, 3] as const;
const CHURN = [2.4, 1.7] as const;

const CONFIG = {
  metrics: {
    latency: {
      label: "Latency",
      file: "logs/app.log",
      match: "took (?<value>[0-9.]+)ms",
      unit: "ms",
      icon: "pulse",
    },
    errors: {
      label: "Errors",
      file: "logs/app.log",
      match: "level=error",
      aggregate: "count",
      icon: "bug",
    },
  },
  cards: ["revenue", "memos", "driveSync", "recommendations", "latency", "errors"],
  alerts: [
    { metric: "latency", above: 300, clearBelow: 200, severity: "warning" },
    { metric: "revenue", below: 11_500, clearAbove: 11_800, severity: "warning" },
    { metric: "errors", risesBy: 30, within: "1h", severity: "error" },
  ],
};

const COMMITS: readonly (readonly [daysAgo: number, subject: string])[] = [
  [6.4, "Offer yearly plans"],
  [5.3, "Send renewal reminders a week earlier"],
  [4.3, "Join customer search over three tables"],
  [4.1, "Add the missing index to customer search"],
  [2.9, "Refresh the Drive token before it expires"],
  [1.8, "Bring back the startup plan"],
  [0.6, "Show the invoice's currency in the header"],
];

/** The files of a small company, which change over the days as such files do, with a repository around them. */
export class CompanyFolder extends GitRepository {
  /** @param present epoch milliseconds at which the files come to what the sample has */
  constructor(private readonly present: number) {
    super();
    cpSync("data", this.resolve("data"), { recursive: true });
    this.write({ "fusion.json": JSON.stringify(CONFIG, null, 2), "logs/app.log": "" });
    for (const [days, subject] of COMMITS) this.commit(present - days * DAY_MS, this.path, subject);
  }

  /** Writes what the company's programs would write at a time (epoch milliseconds) up to the present. */
  live(at: number): void {
    const days = (this.present - at) / DAY_MS;
    this.setRevenue(revenueAt(at, days));
    this.setMemos(memosAt(days));
    this.writeAtomically(
      "data/ERIC_recommendations.json",
      recommendations(5 + Math.round(3 * noise(at, 12))),
    );
    const time = new Date(at).toISOString();
    this.append("data/drive_sync.log", `${time} Drive sync ${syncAt(at, days)}`);
    const slow = within(days, SLOW_ANSWERS);
    const fails = slow ? 6 : within(days, SYNC_FAILS) ? 1 : noise(at, 1) > 0.8 ? 1 : 0;
    for (let count = 0; count < fails; count++) this.append("logs/app.log", `${time} level=error`);
    this.answerIn(latencyAt(at, slow));
  }

  setRevenue(mrr: number): void {
    this.writeAtomically("data/revenue_snapshot.json", JSON.stringify({ mrr, currency: "USD" }));
  }

  setMemos(totalMemos: number): void {
    this.writeAtomically("data/memo_index.json", JSON.stringify({ totalMemos }));
  }

  /** Logs an answer of the company's service. @param ms how long it took */
  answerIn(ms: number): void {
    this.append("logs/app.log", `level=info took ${ms}ms`);
  }

  /** Logs what the drive sync says of itself. */
  sync(text: string): void {
    this.append("data/drive_sync.log", `${new Date().toISOString()} Drive sync ${text}`);
  }

  private append(file: string, line: string): void {
    appendFileSync(this.resolve(file), `${line}\n`);
  }
}

/**
 * The company's year before its week, a value a day, as a file to import.
 * @param until epoch milliseconds
 */
export function companyYear(present: number, until: number): string {
  const from = present - 372 * DAY_MS;
  const lines = ["metric,time,kind,value", `,${iso(from)},observed,${iso(until)}`];
  for (let at = from; at < until; at += DAY_MS) {
    const days = (present - at) / DAY_MS;
    lines.push(`revenue,${iso(at)},number,${revenueAt(at, days)}`);
    lines.push(`memos,${iso(at)},number,${memosAt(days)}`);
    lines.push(`latency,${iso(at)},number,${latencyAt(at, noise(at, 24) > 0.97)}`);
    lines.push(`driveSync,${iso(at)},text,${noise(at, 24) > 0.95 ? "ERROR" : "OK"}`);
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** Grows by the week, more on its working days, and loses a customer for a while. */
function revenueAt(at: number, days: number): number {
  const growth = 12_450 - 31 * days + 0.028 * days ** 2;
  const rhythm = days === 0 ? 0 : 140 * Math.sin((2 * Math.PI * days) / 7) - 60 * noise(at, 3);
  return Math.round((growth + rhythm - (within(days, CHURN) ? 640 : 0)) / 10) * 10;
}

function memosAt(days: number): number {
  return 17 - Math.floor(days / 1.4 - Math.min(days / 1.7, Math.max(0, days - 7) / 1.45));
}

/** Slower by day than by night. */
function latencyAt(at: number, slow: boolean): number {
  const hour = (at % DAY_MS) / HOUR_MS;
  const load = Math.max(0, Math.sin(((hour - 6) / 14) * Math.PI));
  return Math.round(82 + 46 * load + 18 * noise(at, 0.1) + (slow ? 250 : 0));
}

function syncAt(at: number, days: number): string {
  if (within(days, SYNC_FAILS)) return "ERROR: token expired";
  if (within(days, SYNC_WARNS)) return "WARN: quota nearly used up";
  return at % DAY_MS < HOUR_MS / 2 ? "started" : "OK";
}

function recommendations(count: number): string {
  const titles = ["Follow up the stalled renewals", "Move the nightly sync", "Merge duplicate memos"];
  const more = Array.from({ length: count }, (_, index) => ({
    title: titles[index] ?? `Answer ticket ${4_000 + index}`,
    priority: index < 2 ? "high" : "low",
    description: "From this week's figures.",
  }));
  return JSON.stringify({ recommendations: more });
}

function within(days: number, [from, to]: readonly [from: number, to: number]): boolean {
  return days <= from && days > to;
}

/** From 0 to 1, the same for as many hours, and the same in every run that begins at the same time. */
function noise(at: number, hours: number): number {
  const seed = Math.sin(Math.floor(at / (hours * HOUR_MS)) * 12.9898) * 43_758.5453;
  return seed - Math.floor(seed);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
