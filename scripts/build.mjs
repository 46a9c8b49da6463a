/**
 * Builds the product into `dist`, and with `--tests` the suites into `out`.
 * `--production` minifies and leaves the source maps out; `--watch` builds again on every change.
 */
import { chmod, rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { build, context } from "esbuild";

const { values: flags } = parseArgs({
  options: {
    production: { type: "boolean", default: false },
    tests: { type: "boolean", default: false },
    watch: { type: "boolean", default: false },
  },
});

/** Modules of `src` that are bundles of their own, so that nothing of theirs is loaded before it is needed. */
const LAZY = ["server/fusionServer"];

/** Run in threads of their own. */
const WORKERS = ["src/core/sources/evaluationWorker.ts", "src/core/history/historyWorker.ts"];

/** Leaves the import of a lazy module to run time, with its path from the bundle that imports it. */
const lazyModules = {
  name: "lazy-modules",
  /** @param {import("esbuild").PluginBuild} pluginBuild */
  setup({ onResolve }) {
    for (const module of LAZY) {
      onResolve({ filter: new RegExp(`/${module}\\.js$`) }, ({ kind }) =>
        kind === "dynamic-import" ? { path: `./${module}.js`, external: true } : null,
      );
    }
  },
};

/** The page's chart is a bundle of its own, loaded when the first one is shown. */
const lazyChart = {
  name: "lazy-chart",
  /** @param {import("esbuild").PluginBuild} pluginBuild */
  setup({ onResolve }) {
    onResolve({ filter: /\/trends\.js$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./trends.js", external: true } : null,
    );
  },
};

/** Lets the command be run by its path. */
const executable = {
  name: "executable",
  /** @param {import("esbuild").PluginBuild} pluginBuild */
  setup({ onEnd }) {
    onEnd(async ({ errors }) => {
      if (errors.length === 0) await chmod("dist/cli.js", 0o755);
    });
  },
};

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  sourcemap: !flags.production,
  minify: flags.production,
  target: "es2022",
  logLevel: "warning",
  tsconfig: "tsconfig.json",
};

/** @type {import("esbuild").BuildOptions} */
const node = {
  ...shared,
  platform: "node",
  format: "cjs",
  // Some libraries' CommonJS build hides its imports from the bundler.
  mainFields: ["module", "main"],
  // The last two are native accelerators of `ws`, which does without them.
  external: ["vscode", "bufferutil", "utf-8-validate"],
};

/** @type {import("esbuild").BuildOptions[]} */
const product = [
  {
    ...node,
    entryPoints: ["src/extension.ts", ...WORKERS, ...LAZY.map((module) => `src/${module}.ts`)],
    outbase: "src",
    outdir: "dist",
    plugins: [lazyModules],
  },
  {
    // With the server in it: it starts a quarter faster than where it imports the server's bundle.
    ...node,
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/cli.js",
    plugins: [executable],
  },
  {
    ...shared,
    platform: "browser",
    format: "esm",
    entryPoints: { panel: "webview/main.ts", trends: "webview/chart/trends.ts" },
    outdir: "dist/webview",
    loader: { ".ttf": "file" },
    assetNames: "[name]",
    plugins: [lazyChart],
  },
];

/** @type {import("esbuild").BuildOptions} */
const tests = {
  ...shared,
  platform: "node",
  format: "cjs",
  packages: "external",
  external: ["vscode"],
  entryPoints: ["test/**/*.ts"],
  outbase: "test",
  outdir: "out/test",
  sourcemap: "inline",
};

const targets = flags.tests ? [...product, tests] : product;
await rm("dist", { recursive: true, force: true });
if (flags.watch) {
  for (const target of targets) await (await context(target)).watch();
} else {
  await Promise.all(targets.map((target) => build(target)));
}
