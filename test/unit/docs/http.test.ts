import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { Cli } from "../../support/cli.js";
import { type DocExample, docSections } from "../../support/docExamples.js";
import { waitFor } from "../../support/waitFor.js";

const run = promisify(execFile);

/** Fires as soon as the stream begins. */
const ALERT = '{ "alerts": [{ "metric": "revenue", "below": 20000 }] }';

describe("the examples of", () => {
  let cli: Cli;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    cli = new Cli();
    cpSync("data", cli.folder.path, { recursive: true });
    cli.folder.write({ "fusion.json": ALERT });
    const { url } = await cli.serve();
    const token = await cli.token("--scope", "control");
    env = { ...process.env, FUSION_URL: url, FUSION_TOKEN: token };
    const headers = { Authorization: `Bearer ${token}` };
    const alerts = async () => (await fetch(`${url}/api/fusion/alerts`, { headers })).text();
    await waitFor(async () => (await alerts()).includes("firing"), { message: "the alert" });
  });
  after(() => cli.dispose());

  describe("docs/http.md", () => {
    it("name everything that Prometheus is told", async () => {
      const headers = { Authorization: `Bearer ${env.FUSION_TOKEN}` };
      const text = await (await fetch(`${env.FUSION_URL}/metrics`, { headers })).text();
      const names = [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name ?? "");
      assert.ok(names.length > 10);
      const page = readFileSync("docs/http.md", "utf8");
      for (const name of names) assert.ok(page.includes(`\`${name}\``), name);
    });

    for (const { heading, examples } of docSections("http.md")) {
      for (const [index, { language, title, text, line }] of examples.entries()) {
        if (language !== "sh" || title === "setup") continue;
        it(`answer under "${heading}", line ${line}, as is shown`, async () => {
          const { stdout } = await run("sh", ["-c", text], { env });
          assertLike(stdout, examples[index + 1] as DocExample);
        });
      }
    }
  });

  describe("docs/socket-io.md", () => {
    for (const { heading, examples } of docSections("socket-io.md")) {
      for (const [index, { language, text, line }] of examples.entries()) {
        if (language !== "js") continue;
        it(`print under "${heading}", line ${line}, what is shown`, async () => {
          const { stdout } = await run(process.execPath, ["--input-type=module", "-e", text], {
            env,
            timeout: 20_000,
          });
          const shown = (examples[index + 1] as DocExample).text.trimEnd().split("\n");
          const printed = stdout.trimEnd().split("\n");
          assert.equal(printed.length, shown.length, stdout);
          for (const [at, words] of shown.entries())
            assert.ok(printed[at]?.replace(/(?<=update )\d+/, "1").startsWith(words), printed[at]);
        });
      }
    }
  });
});

/** An answer that is as shown: the same fields of the same types, and maybe more. */
function assertLike(answer: string, { language, text, line }: DocExample): void {
  if (language === "json") assertSubset(JSON.parse(answer), JSON.parse(text), `the answer on line ${line}`);
  else assert.ok(answer.includes(text.trimEnd()), answer);
}

function assertSubset(actual: unknown, shown: unknown, path: string): void {
  if (shown === null) return;
  assert.equal(Array.isArray(actual), Array.isArray(shown), path);
  assert.equal(typeof actual, typeof shown, path);
  // Only what stands for a choice, or names something, is the same each time.
  if (typeof shown === "boolean" || /\.(id|label|icon|message)$/.test(path))
    assert.equal(actual, shown, path);
  if (typeof shown !== "object") return;
  if (Array.isArray(shown)) {
    if (shown.length > 0) assert.ok((actual as unknown[]).length > 0, `${path} is empty`);
    for (const item of (actual as unknown[]).slice(0, shown.length))
      assertSubset(item, shown[0], `${path}[]`);
    return;
  }
  for (const [name, value] of Object.entries(shown))
    assertSubset((actual as Record<string, unknown>)[name], value, `${path}.${name}`);
}
