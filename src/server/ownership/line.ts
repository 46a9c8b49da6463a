import type { Duplex } from "node:stream";

/** A line of the greeting is shorter: whoever sends more speaks something else. */
const MAX_LINE = 8_192;

export function writeLine(connection: Duplex, value: unknown): void {
  connection.write(`${JSON.stringify(value)}\n`);
}

/**
 * The next line as JSON, to be checked by who reads it; what comes after it stays to be read.
 * @throws Error where the connection ends before, or something else than a line of JSON comes
 */
export function readLine(connection: Duplex): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const stop = () => {
      connection.off("data", take).off("end", fail).off("close", fail);
      connection.pause();
    };
    const fail = () => {
      stop();
      reject(new Error("The connection ended."));
    };
    const take = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const end = bytes.indexOf("\n");
      if (end < 0 && bytes.length <= MAX_LINE) return;
      stop();
      if (end + 1 < bytes.length) connection.unshift(bytes.subarray(end + 1));
      try {
        resolve(JSON.parse(bytes.subarray(0, Math.max(end, 0)).toString()));
      } catch (error) {
        reject(error);
      }
    };
    if (connection.destroyed) {
      fail();
      return;
    }
    connection.on("data", take).on("end", fail).on("close", fail);
    connection.resume();
  });
}
