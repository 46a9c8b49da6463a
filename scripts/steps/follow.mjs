import { open } from "node:fs/promises";

const POLL = 200;

/**
 * Prints a file as it grows.
 * @param {string} file need not exist yet
 * @returns {() => Promise<void>} prints what is left, and ends
 */
export function follow(file) {
  let offset = 0;
  let busy = Promise.resolve();
  const print = async () => {
    const handle = await open(file).catch(() => undefined);
    if (!handle) return;
    try {
      const { size } = await handle.stat();
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - offset), { position: offset });
      offset += bytesRead;
      process.stdout.write(buffer.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  };
  const timer = setInterval(() => {
    busy = busy.then(print);
  }, POLL);
  return async () => {
    clearInterval(timer);
    await busy.then(print);
  };
}
