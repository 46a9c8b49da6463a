import assert from "node:assert/strict";
import { once } from "node:events";
import { startGroup, stopGroup } from "../../scripts/vscode/childProcess.mjs";

describe("programs that are started for a test", () => {
  it("are watched over only while one of them runs", async () => {
    const listeners = () =>
      ["exit", "SIGINT", "SIGTERM", "SIGHUP"].map((event) => process.listenerCount(event));
    const before = listeners();
    const programs = [1, 2].map(() => startGroup(process.execPath, ["-e", "setInterval(() => {}, 1_000)"]));
    assert.deepEqual(
      listeners(),
      before.map((count) => count + 1),
    );
    for (const program of programs) {
      const ended = once(program, "exit");
      await stopGroup(program);
      await ended;
    }
    assert.deepEqual(listeners(), before);
  });
});
