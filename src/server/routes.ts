import type { IncomingMessage, ServerResponse } from "node:http";
import type { Scope } from "../protocol/events.js";
import type { Snapshot } from "../protocol/snapshot.js";
import { readJson } from "./body.js";
import { answerHeaders } from "./headers.js";
import { CpuMeter, emitterReport, healthReport } from "./health.js";
import { asHttp, type HttpRefusal, httpRefusal, refuse, scopeRefusal } from "./refusal.js";
import { changeInterval, currentSnapshot } from "./requests.js";
import type { StreamPort } from "./streamPort.js";
import { type Claims, holds } from "./tokens.js";
import { snapshotView, streamBody } from "./views.js";

interface Answer {
  readonly status: number;
  /** JSON. */
  readonly body: Buffer | string;
}

interface Route {
  /** `GET` is answered to `HEAD` too. */
  readonly method: "GET" | "POST";
  readonly scope: Scope;
  /**
   * At once where it can: a promise costs as much as a small answer.
   * @param body what a POST brought, parsed but not validated
   */
  readonly answer: (claims: Claims, body: unknown) => Answer | HttpRefusal | Promise<Answer | HttpRefusal>;
}

/** The HTTP routes, for requests that the gate has admitted. */
export class Routes {
  private readonly cpu = new CpuMeter();
  private readonly byPath: ReadonlyMap<string, Route>;

  constructor(stream: StreamPort) {
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
          answer: async () => ({
            status: 200,
            body: JSON.stringify(emitterReport(stream.status(), this.cpu.percent())),
          }),
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
    ]);
  }

  /** Answers, or refuses; never rejects. */
  async handle(req: IncomingMessage, res: ServerResponse, path: string, claims: Claims): Promise<void> {
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
      const body = req.method === "POST" ? await readJson(req) : ({ ok: true, value: null } as const);
      // Meanwhile the server may have begun to stop, and refused the request.
      if (res.headersSent) return;
      const answered = body.ok ? route.answer(claims, body.value) : body.refusal;
      const answer = answered instanceof Promise ? await answered : answered;
      if ("headers" in answer) refuse(req, res, answer);
      else send(res, answer);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      refuse(
        req,
        res,
        httpRefusal("UNAVAILABLE", `There is no data yet: ${message}`, { "Retry-After": "5" }),
      );
    }
  }
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

function send(res: ServerResponse, { status, body }: Answer): void {
  if (res.headersSent || res.destroyed) return;
  res.writeHead(status, answerHeaders(Buffer.byteLength(body)));
  res.end(body);
}
