import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

/** Versions below these have known holes. */
const FLOORS: Readonly<Record<string, string>> = {
  ws: "8.21.0",
  "engine.io": "6.6.9",
  "socket.io-parser": "4.2.6",
  "socket.io": "4.8.0",
  "socket.io-client": "4.8.0",
};

/** They ask for no more than to be named; the second is that of the icon font, the third allows everything. */
const ALLOWED_LICENCES = ["MIT", "CC-BY-4.0", "0BSD", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"];

/** Install scripts that nothing here needs: what they would add is not used, or is there without them. */
const IDLE_SCRIPTS = ["@vscode/vsce-sign", "esbuild", "keytar"];

describe("the packages that Fusion stands on", () => {
  const lock: { packages: Record<string, LockedPackage> } = readJson("package-lock.json");
  const packages = Object.entries(lock.packages).filter(([path]) => path !== "");

  for (const [name, floor] of Object.entries(FLOORS)) {
    it(`have ${name} at ${floor} or above, wherever it stands`, () => {
      const versions = packages
        .filter(([path]) => nameOf(path) === name)
        .map(([, { version = "" }]) => version);
      assert.ok(versions.length > 0);
      for (const version of versions) assert.ok(isAtLeast(version, floor), version);
    });
  }

  it("come from whatever registry is set, each with its hash", () => {
    for (const [path, { resolved, integrity, link }] of packages) {
      assert.equal(resolved, undefined, path);
      assert.ok(link || integrity?.startsWith("sha512-"), path);
    }
  });

  it("need no install script: npm ci --ignore-scripts is enough", () => {
    const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript);
    assert.deepEqual(scripted.map(([path]) => nameOf(path)).sort(), IDLE_SCRIPTS);
    for (const [path, { dev, devOptional }] of scripted)
      assert.ok(dev || devOptional, `${path} is no dependency`);
    const own: { scripts: Record<string, string> } = readJson("package.json");
    for (const hook of ["preinstall", "install", "postinstall", "prepare"]) {
      assert.equal(own.scripts[hook], undefined, hook);
    }
  });

  it("run on every Node.js that the project asks for, and its pages name", () => {
    const { engines }: { engines: { node: string } } = readJson("package.json");
    for (const tool of ["mocha", "knip"]) {
      const needed: { engines: { node: string } } = readJson(`node_modules/${tool}/package.json`);
      assert.equal(engines.node, needed.engines.node, tool);
    }
    for (const page of ["README.md", "docs/CONTRIBUTING.md"]) {
      assert.match(readFileSync(page, "utf8"), /With Node\.js 20\.19 or newer \(22\.12 of 22\)/, page);
    }
  });

  it("are named with their licence where they are bundled, and allow to be", () => {
    const shipped = readFileSync("dist/THIRD_PARTY_LICENSES.txt", "utf8");
    const bundled = bundledPackages();
    assert.ok(bundled.length > 10);
    assert.ok(bundled.includes("node_modules/@vscode/codicons"), "the icon font");
    for (const folder of bundled) {
      const { name, version, license } = readJson<Record<string, string>>(join(folder, "package.json"));
      assert.ok(ALLOWED_LICENCES.includes(String(license)), `${name}: ${license}`);
      const at = shipped.indexOf(`\n${name} ${version} (${license})\n`);
      assert.ok(at > 0, `${name} ${version} is not named`);
      const text = shipped.slice(at).split(/^={80}$/m)[1] ?? "";
      assert.match(text, /copyright|licen[cs]e/i, `${name}: its licence's text`);
    }
    const named = [...shipped.matchAll(/^={80}\n(\S+) \S+ \(.+\)\n={80}$/gm)].map(([, name]) => name);
    assert.equal(new Set(named).size, bundled.length, "nothing else is named");
  });
});

/** Folders of the packages that the source maps of the bundles name, apart from how the build comes to its list. */
function bundledPackages(): string[] {
  const maps = readdirSync("dist", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".map"),
  );
  const folders = maps.flatMap((map) =>
    readJson<{ sources: string[] }>(join("dist", map)).sources.flatMap(
      (source) => /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? [],
    ),
  );
  return [...new Set(folders)].sort();
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

function isAtLeast(version: string, floor: string): boolean {
  return version.localeCompare(floor, "en", { numeric: true }) >= 0;
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8"));
}
