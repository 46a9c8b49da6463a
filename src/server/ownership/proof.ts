/**
 * How two processes on a folder prove to each other that they have its key, without showing it: each answers the other's
 * challenge. The owner proves first; whoever connected tells nothing before that.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Duplex } from "node:stream";
import * as v from "valibot";
import { readLine, writeLine } from "./line.js";

/** Grows with every change to what the processes tell each other: two that differ do not understand each other. */
const PROTOCOL = 1;

/** What a connection is for: a window or another process that follows the folder, or one WebSocket to its server. */
const PURPOSES = ["window", "process", "socket"] as const;
export type Purpose = (typeof PURPOSES)[number];

const challenge = v.pipe(v.string(), v.minLength(20), v.maxLength(100));
const greeting = v.object({ fusion: v.number(), purpose: v.picklist(PURPOSES), challenge });
const ownerAnswer = v.object({ challenge, proof: v.string() });
const clientAnswer = v.object({ proof: v.string() });

/** Who is in the owner's place is not: it does not have the folder's key, or speaks another version's language. */
export class NotTheOwner extends Error {
  override readonly name = "NotTheOwner";
}

/**
 * Proves to the owner who this is, once it has done so itself.
 * @throws NotTheOwner where it did not; Error where the connection ended
 */
export async function greetOwner(connection: Duplex, key: Uint8Array, purpose: Purpose): Promise<void> {
  const own = newChallenge();
  writeLine(connection, { fusion: PROTOCOL, purpose, challenge: own });
  const answer = v.safeParse(ownerAnswer, await readLine(connection));
  if (!answer.success || !isProof(answer.output.proof, key, ["owner", purpose, own])) {
    throw new NotTheOwner("What answers for this folder does not have its key, or is of another version.");
  }
  writeLine(connection, { proof: proofOf(key, ["client", purpose, answer.output.challenge]) });
}

/**
 * Proves to whoever connected that this is the owner, and asks the same of it.
 * @returns what the connection is for
 * @throws Error where the proof fails, or what comes is no greeting
 */
export async function greetClient(connection: Duplex, key: Uint8Array): Promise<Purpose> {
  const { fusion, purpose, challenge: given } = v.parse(greeting, await readLine(connection));
  if (fusion !== PROTOCOL) {
    writeLine(connection, { protocol: PROTOCOL });
    throw new Error(`The other process speaks version ${fusion}, this one ${PROTOCOL}.`);
  }
  const own = newChallenge();
  writeLine(connection, { challenge: own, proof: proofOf(key, ["owner", purpose, given]) });
  const { proof } = v.parse(clientAnswer, await readLine(connection));
  if (!isProof(proof, key, ["client", purpose, own])) throw new Error("The other process has another key.");
  return purpose;
}

function newChallenge(): string {
  return randomBytes(24).toString("base64url");
}

/** Never a token's signature: what is signed here has lines, which a token has not. */
function proofOf(key: Uint8Array, words: readonly string[]): string {
  return createHmac("sha256", key)
    .update(["fusion-stream", ...words].join("\n"))
    .digest("base64url");
}

function isProof(proof: string, key: Uint8Array, words: readonly string[]): boolean {
  const [given, expected] = [Buffer.from(proof), Buffer.from(proofOf(key, words))];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
