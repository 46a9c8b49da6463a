/**
 * Builds the product into `dist`, and with `--tests` the suites into `out`.
 * `--production` minifies and leaves the source maps out; `--watch` builds again on every change.
 */
import { chmod, rm, writeFile } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";
import { parseArgs } from "node:util";
import { build, context } from "esbuild";
import { thirdPartyLicences } from "./thirdParty.mjs";

const { values: flags } = parseArgs({
  options: {
    production: { type: "boolean", default: false },
    tests: { type: "boolean", default: false },
    watch: { type: "boolean", default: false },
  },
});

/** Modules of `src` that are bundles of their own, so that nothing of theirs is loaded before it is needed. */
const LAZY = [
  "cli/tokenCommands",
  "server/fusionServer",
  "server/inProcess",
  "server/prometheus",
  "server/sockets",
  "vscode/addAlert",
  "vscode/addMetric",
  "vscode/arrangeCards",
  "vscode/fusionApi",
  "vscode/manageTokens",
  "vscode/panelDocument",
  "vscode/sidebarRows",
  "vscode/statusBarPicker",
];

/** Bundles of their own that several of those above share: it is the package that would hold them over and over. */
const SHARED = ["core/config/fusionConfig", "server/tokenRegister", "vscode/configDocument"];

/** Packages that are bundles of their own where they are imported later: most starts need none, and each would read them. */
const LATER_PACKAGES = ["jose", "picomatch"];

/** Run in threads of their own. */
const WORKERS = ["core/sources/evaluationWorker", "core/history/historyWorker"];

/**
 * Leaves the import of these modules to run time, and of shared ones, however they are imported.
 * @param {readonly string[]} modules
 * @param {string} folder of the bundle that imports them, below `dist`
 * @param {readonly string[]} shared
 * @returns {import("esbuild").Plugin}
 */
function lazyModules(modules, folder, shared = SHARED) {
  return {
    name: "lazy-modules",
    setup({ onResolve }) {
      onResolve({ filter: /\.js$/ }, ({ kind, path, resolveDir }) => {
        const file = relative("src", join(resolveDir, path)).split(sep).join(posix.sep);
        const isIn = (/** @type {readonly string[]} */ list) =>
          list.some((module) => file === `${module}.js`);
        const later = kind === "dynamic-import" || kind === "require-call";
        if (!(later && isIn(modules)) && !isIn(shared)) return null;
        return besides(folder, file);
      });
      onResolve({ filter: /^\w/ }, ({ kind, path }) => {
        if (kind !== "dynamic-import" || !LATER_PACKAGES.includes(path)) return null;
        return besides(folder, `packages/${path}.js`);
      });
    },
  };
}

/**
 * An import that is left to run time.
 * @param {string} folder of the bundle that imports, below `dist`
 * @param {string} file the imported bundle, likewise
 */
function besides(folder, file) {
  const path = posix.relative(folder, file);
  return { path: path.startsWith(".") ? path : `./${path}`, external: true };
}

/**
 * Imports what is not in the bundle once for all of its files. For each that imports it, esbuild would copy its every name
 * anew: thousands of VS Code and Node.js, and most of the time that the extension takes to load. Default exports, which no
 * file imports, are left out.
 */
const outsideOnce = {
  name: "outside-once",
  /** @param {import("esbuild").PluginBuild} pluginBuild */
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:.*|vscode)$/ }, ({ kind, path, namespace }) =>
      kind === "import-statement" && namespace !== "outside" ? { path, namespace: "outside" } : null,
    );
    onLoad({ filter: /.*/, namespace: "outside" }, ({ path }) => ({
      contents: `export * from "${path}";`,
    }));
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

/**
 * Leaves the table of media types out. What asks for it is never asked for a type, only for a compression, and it is the
 * half of the bundle that it is in.
 */
const withoutMediaTypes = {
  name: "without-media-types",
  /** @param {import("esbuild").PluginBuild} pluginBuild */
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]mime-db[\\/]db\.json$/ }, () => ({ contents: "{}", loader: "json" }));
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
  metafile: true,
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
  // A module that is imported later is required then: the loader of ES modules would have to be started for it.
  supported: { "dynamic-import": false },
  // Some libraries' CommonJS build hides its imports from the bundler.
  mainFields: ["module", "main"],
  // The last two are native accelerators of `ws`, which does without them.
  external: ["vscode", "bufferutil", "utf-8-validate"],
};

/** @type {import("esbuild").BuildOptions[]} */
const product = [
  ...["extension", ...WORKERS, ...LAZY, ...SHARED].map((module) => ({
    ...node,
    entryPoints: [`src/${module}.ts`],
    outfile: `dist/${module}.js`,
    plugins: [lazyModules(LAZY, posix.dirname(module)), withoutMediaTypes, outsideOnce],
  })),
  ...LATER_PACKAGES.map((name) => ({
    ...node,
    entryPoints: [name],
    outfile: `dist/packages/${name}.js`,
  })),
  {
    // With the server's HTTP part in it, tokens and all: it starts faster than where it imports the server's bundles.
    ...node,
    entryPoints: ["src/cli/command.ts"],
    outfile: "dist/cli/command.js",
    plugins: [
      lazyModules(
        LAZY.filter((module) => module !== "server/fusionServer"),
        "cli",
        SHARED.filter((module) => module !== "server/tokenRegister"),
      ),
      outsideOnce,
    ],
  },
  {
    ...node,
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/cli.js",
    plugins: [lazyModules(LAZY, "."), outsideOnce, executable],
  },
  {
    ...shared,
    platform: "browser",
    format: "esm",
    entryPoints: { panel: "webview/main.ts", trends: "webview/chart/trends.ts" },
    outdir: "dist/webview",
    plugins: [lazyChart],
  },
  {
    ...shared,
    entryPoints: ["webview/styles/panel.css", "webview/styles/outline.css"],
    outdir: "dist/webview",
    loader: { ".ttf": "file" },
    assetNames: "[name]",
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

await rm("dist", { recursive: true, force: true });
if (flags.watch) {
  for (const target of flags.tests ? [...product, tests] : product) await (await context(target)).watch();
  console.log("Watching for changes …");
} else {
  const [bundles] = await Promise.all([
    Promise.all(product.map((target) => build(target))),
    flags.tests ? build(tests) : null,
  ]);
  const licences = await thirdPartyLicences(bundles.flatMap(({ metafile }) => metafile ?? []));
  await writeFile("dist/THIRD_PARTY_LICENSES.txt", licences);
}
