import assert from "node:assert/strict";
import { ServerHost } from "../../../src/vscode/serverHost.js";
import { Settings } from "../../../src/vscode/settings.js";

const REASON = "The process that has this folder's stream does not answer.";

describe("the server of a window whose folder another process holds without an answer", () => {
  const host = new ServerHost({} as never, new Settings(), () => undefined);
  after(() => host.dispose());

  it("has no tokens, and says why, also to who asked before that was known", async () => {
    const asked = host.ensureTokens();
    await host.use({ kind: "none", reason: REASON });
    await assert.rejects(asked, { message: REASON });
    await assert.rejects(host.ensureTokens(), { message: REASON });
    assert.equal(host.error, REASON);
  });
});
