import type { Duplex } from "node:stream";
import type { Disposable } from "../../core/disposable.js";

/** Bytes that wait for the other side to take them. One that lets more pile up has halted, and may come back anew. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024;

/** What the two sides tell and ask each other: names with what they carry. */
type Table = { readonly [name: string]: unknown };
type Requests = { readonly [name: string]: { readonly ask: unknown; readonly answer: unknown } };

export type Answers<R extends Requests> = {
  readonly [N in keyof R]: (ask: R[N]["ask"]) => R[N]["answer"] | Promise<R[N]["answer"]>;
};

type Message =
  | { readonly tell: string; readonly with: unknown }
  | { readonly ask: string; readonly with: unknown; readonly id: number }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string };

interface Asked {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** Messages over a connection between two processes that trust each other: a line of JSON each. */
export class Channel<
  Tells extends Table,
  Hears extends Table,
  Asks extends Requests,
  Answered extends Requests,
> implements Disposable
{
  private rest = "";
  private readonly asked = new Map<number, Asked>();
  private last = 0;
  /** Settles when the connection is over. */
  readonly closed: Promise<void>;

  /**
   * @param hear told what the other side tells
   * @param answers to what the other side asks; what they throw is its answer
   */
  constructor(
    private readonly connection: Duplex,
    private readonly hear: <N extends keyof Hears & string>(name: N, value: Hears[N]) => void,
    private readonly answers: Answers<Answered>,
  ) {
    connection.setEncoding("utf8");
    connection.on("error", () => undefined).on("data", (text: string) => this.take(text));
    connection.on("end", () => connection.destroy());
    this.closed = new Promise((resolve) => connection.once("close", () => resolve(this.end())));
    if (connection.destroyed) connection.emit("close");
    connection.resume();
  }

  tell<N extends keyof Tells & string>(name: N, value: Tells[N]): void {
    this.send({ tell: name, with: value });
  }

  /** Rejects with what the other side threw, or when the connection ends. */
  ask<N extends keyof Asks & string>(name: N, value: Asks[N]["ask"]): Promise<Asks[N]["answer"]> {
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      if (this.connection.destroyed) {
        reject(new Error(GONE));
        return;
      }
      this.asked.set(id, { resolve, reject });
      this.send({ ask: name, with: value, id });
    });
  }

  dispose(): void {
    this.connection.destroy();
  }

  private send(message: Message): void {
    const { connection } = this;
    if (connection.destroyed) return;
    connection.write(`${JSON.stringify(message)}\n`);
    if (connection.writableLength > MAX_WAITING_BYTES) connection.destroy();
  }

  private take(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      const message = parsed(line);
      if (message === null) {
        // Whatever follows cannot be relied on either.
        this.connection.destroy();
        return;
      }
      void this.receive(message);
    }
  }

  private async receive(message: Message): Promise<void> {
    if ("tell" in message) {
      this.hear(message.tell, message.with as never);
      return;
    }
    const { id } = message;
    if ("ask" in message) {
      try {
        const answer = await (this.answers[message.ask] as (ask: unknown) => unknown)(message.with);
        this.send({ id, answer: answer ?? null });
      } catch (error) {
        this.send({ id, error: error instanceof Error ? error.message : String(error) });
      }
      return;
    }
    const asked = this.asked.get(id);
    this.asked.delete(id);
    if ("error" in message) asked?.reject(new Error(message.error));
    else asked?.resolve(message.answer as never);
  }

  private end(): void {
    for (const { reject } of this.asked.values()) reject(new Error(GONE));
    this.asked.clear();
  }
}

/** `null` where a line is no message. */
function parsed(line: string): Message | null {
  try {
    return JSON.parse(line) as Message;
  } catch {
    return null;
  }
}

const GONE = "The process that has this folder's stream has ended.";
