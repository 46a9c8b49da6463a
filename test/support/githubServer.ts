import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

interface Asked {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly etag: string | undefined;
}

/**
 * A real HTTP server that gives the commits of acme/widgets as GitHub's REST API does: pages with links, ETags, and a
 * quota that a 304 is free of for who is signed in.
 */
export class GithubServer {
  /** Every request so far. */
  readonly asked: Asked[] = [];
  /** Requests left. */
  remaining = 5_000;
  /** Epoch seconds. */
  resetsAt = 4_000_000_000;
  /** The one token that is taken; the repository is private where it is asked for. */
  token: string | null = null;
  private = false;
  /** Answers in GitHub's place. */
  instead: RequestListener | null = null;
  private commits: { readonly sha: string; readonly time: number }[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<GithubServer> {
    const server = createServer((request, response) => github.answer(request, response));
    const github = new GithubServer(server.listen(0, "127.0.0.1"));
    await once(server, "listening");
    return github;
  }

  /** Of the API, as of the repositories. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Adds commits. @param times epoch milliseconds */
  push(...times: number[]): void {
    for (const time of times) {
      const sha = createHash("sha1").update(`${this.commits.length}`).digest("hex");
      this.commits.push({ sha, time });
    }
    this.commits.sort((a, b) => b.time - a.time);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { url = "", headers } = request;
    const { authorization, "if-none-match": etag } = headers;
    this.asked.push({ url, authorization, etag });
    const signedIn = this.token !== null && authorization === `Bearer ${this.token}`;
    const parsed = new URL(url, this.url);
    const known = /^\/(repos\/acme\/widgets|repositories\/1)\/commits$/.test(parsed.pathname);
    if (this.instead) this.instead(request, response);
    else if (authorization !== undefined && !signedIn)
      this.send(response, 401, { message: "Bad credentials" });
    else if (this.remaining === 0) this.send(response, 403, { message: "API rate limit exceeded" });
    else if (known && (signedIn || !this.private)) this.list(response, parsed, signedIn, etag);
    else {
      this.remaining--;
      this.send(response, 404, { message: "Not Found" });
    }
  }

  private list(
    response: ServerResponse,
    { searchParams }: URL,
    signedIn: boolean,
    etag: string | undefined,
  ): void {
    const since = Date.parse(searchParams.get("since") ?? "");
    const size = Number(searchParams.get("per_page"));
    const page = Number(searchParams.get("page") ?? 1);
    const all = this.commits.filter(({ time }) => time >= since);
    const body = all.slice((page - 1) * size, page * size).map(({ sha, time }) => {
      const date = new Date(time).toISOString().replace(/\.\d+Z/, "Z");
      return { sha, commit: { author: { date: "2001-01-01T00:00:00Z" }, committer: { date }, message: "…" } };
    });
    const tag = `W/"${createHash("sha256").update(JSON.stringify(body)).digest("hex")}"`;
    if (etag === tag) {
      if (!signedIn) this.remaining--;
      response.writeHead(304, { ETag: tag, ...this.quota() }).end();
      return;
    }
    this.remaining--;
    const last = Math.ceil(all.length / size);
    const linkTo = (number: number, relation: string) => {
      const query = new URLSearchParams({ ...Object.fromEntries(searchParams), page: String(number) });
      return `<${this.url}/repositories/1/commits?${query}>; rel="${relation}"`;
    };
    const links = page < last ? { Link: `${linkTo(page + 1, "next")}, ${linkTo(last, "last")}` } : {};
    this.send(response, 200, body, { ETag: tag, ...links });
  }

  private quota(): Record<string, string> {
    return {
      "X-RateLimit-Remaining": String(this.remaining),
      "X-RateLimit-Reset": String(this.resetsAt),
    };
  }

  private send(
    response: ServerResponse,
    status: number,
    body: unknown,
    headers: Record<string, string> = {},
  ): void {
    response
      .writeHead(status, { "Content-Type": "application/json; charset=utf-8", ...this.quota(), ...headers })
      .end(JSON.stringify(body));
  }
}
