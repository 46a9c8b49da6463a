import type { IncomingMessage, ServerResponse } from "node:http";
import type { Refusal, Scope } from "../protocol/events.js";
import type { Snapshot } from "../protocol/snapshot.js";
import { type AlertsPort, alertsView } from "./alertsPort.js";
import { Allowance } from "./allowance.js";
import { readJson } from "./body.js";
import { answerHeaders, type Query } from "./headers.js";
import { healthReport } from "./health.js";
import type { HistoryPort } from "./historyPort.js";
import { historyRefusal } from "./historyRefusal.js";
import { metricHistory } from "./historyRequests.js";
import { asHttp, type HttpRefusal, httpRefusal, refuse, scopeRefusal } from "./refusal.js";
import { changeInterval, currentSnapshot } from "./requests.js";
import type { StreamPort } from "./streamPort.js";
import { type Claims, holds } from "./tokens.js";
import { failureView, healthView, snapshotView, streamBody } from "./views.js";

interface Answer {
  readonly status: number;
  /** JSON if left out. */
  readonly contentType?: string;
  readonly body: Buffer | string;
}

interface Route {
  /** `GET` is answered to `HEAD` too. */
  readonly method: "GET" | "POST";
  readonly scope: Scope;
  /**
   * At once where it can: a promise costs as much as a small answer.
   * @param input what a POST brought as JSON, or a GET in its query; not validated
   */
  readonly answer: (claims: Claims, input: unknown) => Answer | HttpRefusal | Promise<Answer | HttpRefusal>;
}

/** Where a request goes, as the gate read it. */
interface Target {
  readonly path: string;
  readonly query: Query;
}

/** The HTTP routes, for requests that the gate has admitted. */
export class Routes {
  private readonly byPath: ReadonlyMap<string, Route>;

  private readonly allowance = new Allowance();

  constructor(stream: StreamPort, alerts: AlertsPort | null, history: HistoryPort | null) {
    this.byPath = new Map<string, Route>([
      [
        "/api/fusion/stream",
        {
          method: "GET",
          scope: "read",
          answer: ({ metrics }) => {
            const answer = (snapshot: Snapshot) => ({ status: 200, body: streamBody(snapshot, metrics) });
            return stream.latest ? answer(stream.latest) : currentSnapshot(stream).then(answer);
          },
        },
      ],
      [
        "/api/fusion/health",
        {
          method: "GET",
          scope: "read",
          answer: async ({ metrics }) => {
            const report = healthReport(snapshotView(await currentSnapshot(stream), metrics));
            return { status: report.ok ? 200 : 503, body: JSON.stringify(report) };
          },
        },
      ],
      [
        "/api/fusion/emitter/health",
        {
          method: "GET",
          scope: "read",
          answer: async ({ metrics }) => ({
            status: 200,
            body: JSON.stringify({ ok: true, ...healthView(stream.health(), metrics) }),
          }),
        },
      ],
      [
        "/metrics",
        {
          method: "GET",
          scope: "read",
          answer: async ({ metrics }) => {
            const { exposition } = await import("./prometheus.js");
            const view = stream.latest && snapshotView(stream.latest, metrics);
            const { contentType, text } = await exposition(healthView(stream.health(), metrics), view);
            return { status: 200, contentType, body: text };
          },
        },
      ],
      [
        "/api/fusion/history",
        {
          method: "GET",
          scope: "read",
          answer: ({ id, metrics }, query) =>
            this.history(history, id, (port) => metricHistory(port, stream, metrics, query)),
        },
      ],
      [
        "/api/fusion/emitter/interval",
        {
          method: "POST",
          scope: "control",
          answer: async (_, body) => {
            const reply = changeInterval(stream, body);
            return reply.ok ? { status: 200, body: JSON.stringify(reply) } : asHttp(reply);
          },
        },
      ],
      ...(alerts ? [alertsRoute(alerts)] : []),
    ]);
  }

  /** A question to the history, counted by the token that asks. */
  private async history(
    history: HistoryPort | null,
    token: string,
    question: (history: HistoryPort) => Promise<{ readonly ok: true } | Refusal>,
  ): Promise<Answer | HttpRefusal> {
    if (!history) return httpRefusal("UNAVAILABLE", "This stream keeps no history.");
    if (!this.allowance.allows(token)) {
      return httpRefusal("RATE_LIMITED", "Too many questions to the history.", { "Retry-After": "1" });
    }
    const reply = await question(history).catch((error: unknown) => historyRefusal(error));
    return reply.ok ? { status: 200, body: JSON.stringify(reply) } : asHttp(reply);
  }

  /** Answers, or refuses; never rejects. */
  async handle(
    req: IncomingMessage,
    res: ServerResponse,
    { path, query }: Target,
    claims: Claims,
  ): Promise<void> {
    const route = this.byPath.get(path);
    if (!route) {
      refuse(req, res, httpRefusal("NOT_FOUND", "No such route."));
      return;
    }
    const refusal = refusalBy(route, req.method, claims);
    if (refusal) {
      refuse(req, res, refusal);
      return;
    }
    try {
      const input =
        req.method === "POST" ? await readJson(req) : ({ ok: true, value: parameters(query) } as const);
      // Meanwhile the server may have begun to stop, and refused the request.
      if (res.headersSent) return;
      const answered = input.ok ? route.answer(claims, input.value) : input.refusal;
      const answer = answered instanceof Promise ? await answered : answered;
      if ("headers" in answer) refuse(req, res, answer);
      else send(res, answer);
    } catch (error) {
      const message = failureView(error, claims.metrics);
      refuse(
        req,
        res,
        httpRefusal("UNAVAILABLE", `There is no data yet: ${message}`, { "Retry-After": "5" }),
      );
    }
  }
}

function alertsRoute(alerts: AlertsPort): readonly [string, Route] {
  const answer = async ({ metrics }: Claims) => ({
    status: 200,
    body: JSON.stringify({ ok: true, data: alertsView(alerts.list(), metrics) }),
  });
  return ["/api/fusion/alerts", { method: "GET", scope: "read", answer }];
}

/** A query's parameters by name; one that is given several times is a list, and so no text. */
function parameters(query: Query): Readonly<Record<string, unknown>> {
  const values = new Map<string, string[]>();
  for (const [name, value] of query) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(
    [...values].map(([name, given]) => [name, given.length === 1 ? given[0] : given]),
  );
}

function refusalBy(route: Route, method: string | undefined, claims: Claims): HttpRefusal | null {
  const allowed: readonly (string | undefined)[] = route.method === "GET" ? ["GET", "HEAD"] : ["POST"];
  if (!allowed.includes(method)) {
    const message = `This route answers ${allowed.join(" and ")}.`;
    return httpRefusal("METHOD_NOT_ALLOWED", message, { Allow: allowed.join(", ") });
  }
  if (!holds(claims.scope, route.scope)) return asHttp(scopeRefusal(route.scope, claims.scope));
  return null;
}

function send(
  res: ServerResponse,
  { status, body, contentType = "application/json; charset=utf-8" }: Answer,
): void {
  if (res.headersSent || res.destroyed) return;
  res.writeHead(status, answerHeaders(Buffer.byteLength(body), contentType));
  res.end(body);
}
