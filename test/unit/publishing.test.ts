import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { parse } from "yaml";
import { readmeLinks } from "../../scripts/readmeLinks.mjs";
import { withSources } from "../../scripts/sources.mjs";
import { TemporaryFolder } from "../support/temporaryFolder.js";

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly permissions?: Record<string, string>;
  readonly environment?: string;
  readonly needs?: string;
  readonly steps: readonly Step[];
}

interface Zip {
  readZip(file: string, wanted: (name: string) => boolean): Promise<ReadonlyMap<string, Buffer>>;
}

const { readZip }: Zip = createRequire(resolve("package.json"))("@vscode/vsce/out/zip.js");

const text = readFileSync(".github/workflows/publish.yml", "utf8");
const workflow: {
  readonly on: unknown;
  readonly permissions: object;
  readonly jobs: Record<"package" | "marketplace", Job>;
} = parse(text);
const manifest = JSON.parse(readFileSync("package.json", "utf8"));

describe("publishing", () => {
  it("begins with a tag of a version alone, with no rights but to read the sources", () => {
    assert.deepEqual(workflow.on, { push: { tags: ["v[0-9]+.[0-9]+.[0-9]+"] } });
    assert.deepEqual(workflow.permissions, {});
    const { package: packing, marketplace } = workflow.jobs;
    assert.deepEqual([packing.permissions, marketplace.permissions], [{ contents: "read" }, undefined]);
  });

  it("runs only actions and tools of fixed versions", () => {
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    for (const { uses } of steps) if (uses) assert.match(uses, /^actions\/[\w-]+@[0-9a-f]{40}$/);
    const tools = [...text.matchAll(/npx .*? (publish)/g)].map(([call]) => call);
    assert.equal(tools.length, 2);
    for (const call of tools) assert.match(call, /^npx --yes (@vscode\/vsce|ovsx)@\d+\.\d+\.\d+ publish$/);
  });

  it("looks for known holes and tests first, then packs, and publishes that file to both marketplaces", () => {
    const { package: packing, marketplace } = workflow.jobs;
    const commands = packing.steps.flatMap(({ run }) => run ?? []);
    assert.deepEqual(commands.slice(-4), [
      "npm ci --ignore-scripts",
      "npm audit --audit-level=high",
      "npm test",
      "npm run package",
    ]);
    assert.equal(marketplace.needs, "package");
    for (const name of ["test", "package"]) assert.ok(manifest.scripts[name], name);
  });

  it("has its secrets in an environment, out of reach of the job that runs the project's code", () => {
    const { package: packing, marketplace } = workflow.jobs;
    assert.equal(marketplace.environment, "marketplaces");
    assert.doesNotMatch(JSON.stringify(packing), /secrets\./);
    assert.ok(marketplace.steps.every(({ uses }) => !uses?.startsWith("actions/checkout")));
  });

  it("shows the marketplaces an icon of 256 pixels, a banner, and what to find it by", () => {
    const icon = readFileSync(manifest.icon);
    assert.equal(icon.toString("latin1", 1, 4), "PNG");
    assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [256, 256]);
    assert.match(manifest.galleryBanner.color, /^#[0-9a-f]{6}$/);
    assert.match(manifest.galleryBanner.theme, /^(dark|light)$/);
    assert.ok(manifest.keywords.length >= 5 && manifest.keywords.length <= 30);
    assert.ok(manifest.categories.length > 0 && manifest.displayName && manifest.license);
    for (const file of ["README.md", "CHANGELOG.md", "LICENSE"]) assert.ok(existsSync(file), file);
  });

  it("leads from the README to the tagged sources, as a marketplace has no files beside it", async () => {
    const readme = (await packedFiles("extension/readme.md")).get("extension/readme.md") ?? "";
    assert.doesNotMatch(readme, /\]\((?!https:)/);
    assert.ok(readme.includes("](https://github.com/acme/fusion/raw/v0.1.0/media/panel-dark.png)"));
    assert.ok(readme.includes("](https://github.com/acme/fusion/blob/v0.1.0/docs/tokens.md)"));
  });

  it("says in the packed manifest where the sources are, and bugs and weaknesses are told", async () => {
    const files = await packedFiles("extension/package.json", "extension.vsixmanifest");
    const packed = JSON.parse(files.get("extension/package.json") ?? "");
    assert.deepEqual(packed.repository, { type: "git", url: "https://github.com/acme/fusion.git" });
    assert.deepEqual(packed.bugs, { url: "https://github.com/acme/fusion/issues" });
    assert.ok(files.get("extension.vsixmanifest")?.includes("https://github.com/acme/fusion/issues"));
  });
});

/** Files of a package that a workflow made, by their names. */
async function packedFiles(...names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const folder = new TemporaryFolder();
  const { name, publisher, version, engines } = manifest;
  const own = JSON.stringify({ name, publisher, version, engines });
  folder.write({ "package.json": own });
  for (const file of ["README.md", "LICENSE"]) cpSync(file, folder.resolve(file));
  const packagePath = folder.resolve("packed.vsix");
  const workflowsOwn = {
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "acme/fusion",
    GITHUB_REF_NAME: "v0.1.0",
  };
  try {
    const options = { cwd: folder.path, packagePath, dependencies: false, allowMissingRepository: true };
    await withSources(folder.path, workflowsOwn, () =>
      createVSIX({ ...options, ...readmeLinks(workflowsOwn) }),
    );
    assert.equal(readFileSync(folder.resolve("package.json"), "utf8"), own);
    const files = await readZip(packagePath, (file) => names.includes(file));
    return new Map([...files].map(([file, content]) => [file, String(content)]));
  } finally {
    folder.dispose();
  }
}
