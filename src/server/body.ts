import type { IncomingMessage } from "node:http";
import { type HttpRefusal, httpRefusal } from "./refusal.js";

/** Bytes that a request's body may have. */
const MAX_BODY_BYTES = 16 * 1_024;

type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: HttpRefusal };

/** Reads a request's body as JSON. Rejects only where the client goes away in the middle. */
export async function readJson(req: IncomingMessage): Promise<Body> {
  const type = req.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    return { ok: false, refusal: httpRefusal("BAD_REQUEST", "The body must be of type application/json.") };
  }
  const tooLarge = {
    ok: false,
    refusal: httpRefusal("PAYLOAD_TOO_LARGE", `A body may have ${MAX_BODY_BYTES} bytes.`),
  } as const;
  if (Number(req.headers["content-length"] ?? 0) > MAX_BODY_BYTES) return tooLarge;
  const bytes = await readUpTo(req, MAX_BODY_BYTES);
  if (!bytes) return tooLarge;
  try {
    return { ok: true, value: JSON.parse(bytes.toString("utf8")) };
  } catch {
    return { ok: false, refusal: httpRefusal("BAD_REQUEST", "The body is not JSON.") };
  }
}

/** The whole body; `null` as soon as it is longer. An iterator would close the request, and the answer with it. */
function readUpTo(req: IncomingMessage, limit: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        req.off("data", onData);
        resolve(null);
      } else {
        chunks.push(chunk);
      }
    };
    req.on("data", onData);
    req.once("end", () => resolve(Buffer.concat(chunks)));
    req.once("error", reject);
    req.once("close", () => reject(new Error("The client went away.")));
  });
}
