import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import type { WatchedFile } from "./watchedFiles.js";

/** Something that takes the place of a good file, and what the file's metric must show then. */
export interface BadFile {
  readonly name: string;
  /** Which files it happens to. */
  readonly strikes: (file: WatchedFile) => boolean;
  /**
   * Makes it at a path beside the file, to be renamed to the file; `null` where the file is only removed.
   * @param n the value that what is good of it gives
   * @returns what ends it, where that is more than to remove it
   */
  readonly make: ((path: string, file: WatchedFile, n: number) => (() => void) | undefined) | null;
  /** The error while the last good value stays; or that there is none; or that the new value can be had. */
  readonly shows: (file: WatchedFile) => RegExp | "nothing" | "the new value";
}

const MEGABYTE = 1024 * 1024;
const TERABYTE = 2 ** 40;

const all = () => true;
const isJson = ({ kind }: WatchedFile) => kind === "json";
const isLog = ({ kind }: WatchedFile) => kind === "log" || kind === "log read from its end";

const notRegular = () => /this is not a regular file\. Put a file there\.$/;

function sized(path: string, bytes: number): undefined {
  closeSync(openSync(path, "w"));
  truncateSync(path, bytes);
}

/** JSON of a size, with its value at the end. */
function largeJson(path: string, text: string, bytes: number): undefined {
  const item = '{"id":1234567,"title":"A title","tags":["a","b"],"open":true}';
  const block = `${item},`.repeat(10_000);
  writeFileSync(path, '{"more":[');
  for (let size = 0; size < bytes; size += block.length) appendFileSync(path, block);
  appendFileSync(path, `${item}],${text.slice(1)}`);
}

const PLACES: readonly BadFile[] = [
  {
    name: "a directory",
    strikes: all,
    // A directory itself cannot take a file's place in one step.
    make: (path) => {
      mkdirSync(`${path}.folder`);
      symlinkSync(`${path}.folder`, path);
      return undefined;
    },
    shows: notRegular,
  },
  {
    name: "a pipe",
    strikes: all,
    make: (path) => {
      execFileSync("mkfifo", [path]);
      return undefined;
    },
    shows: notRegular,
  },
  {
    name: "a socket",
    strikes: all,
    make: (path) => {
      const server = createServer().listen(path);
      return () => server.close();
    },
    shows: notRegular,
  },
  {
    name: "a link to an endless device",
    strikes: all,
    make: (path) => {
      symlinkSync("/dev/zero", path);
      return undefined;
    },
    shows: () => /this is a link that leads out of the workspace folder\. Put the file itself there\.$/,
  },
  {
    name: "a link that leads back to itself",
    strikes: all,
    make: (path, { file }) => {
      symlinkSync(file, path);
      return undefined;
    },
    shows: () => /this is a link that leads back to itself\. Put the file itself there\.$/,
  },
  {
    name: "a file that nobody may read",
    strikes: all,
    make: (path, { content }, n) => {
      writeFileSync(path, content(n));
      chmodSync(path, 0);
      return undefined;
    },
    shows: () => /the file may not be read\. Give yourself permission to read it\.$/,
  },
  { name: "nothing", strikes: all, make: null, shows: () => "nothing" },
];

const SIZES: readonly BadFile[] = [
  {
    name: "a sparse terabyte",
    strikes: all,
    make: (path) => sized(path, TERABYTE),
    shows: ({ kind }) => {
      if (kind === "log") return /the log has 1024 GB, more than the 16 GB that are read\. Rotate it\.$/;
      if (kind === "log read from its end") return /MB that are read.*\. Rotate the log\.$/;
      return /the file has 1048576 MB, more than the 64 MB that are read\. Make it smaller\.$/;
    },
  },
  {
    name: "50 MB of JSON",
    // One of the user's and one of the built-in: others would only take as long again.
    strikes: ({ id }) => id === "valuejson" || id === "revenue",
    make: (path, { content }, n) => largeJson(path, content(n), 50 * MEGABYTE),
    shows: () => "the new value",
  },
  {
    name: "65 MB of JSON",
    strikes: isJson,
    make: (path, { content }, n) => largeJson(path, content(n), 65 * MEGABYTE),
    shows: () => /the file has 6[56] MB, more than the 64 MB that are read\. Make it smaller\.$/,
  },
  {
    name: "a line of 100 MB",
    strikes: (file) => isLog(file) || file.kind === "table",
    make: (path, { content }, n) => {
      writeFileSync(path, content(n));
      const line = Buffer.alloc(MEGABYTE, "x");
      for (let count = 0; count < 100; count++) appendFileSync(path, line);
      appendFileSync(path, "\n");
      return undefined;
    },
    shows: ({ kind }) => {
      if (kind === "log") return "the new value";
      if (kind === "log read from its end") return /MB that are read.*\. Rotate the log\.$/;
      return /the file has 101 MB, more than the 64 MB that are read\. Make it smaller\.$/;
    },
  },
];

const TOO_DEEP = /values are nested more than 64 deep\. Flatten them\.$/;

function text(
  name: string,
  strikes: BadFile["strikes"],
  write: (file: WatchedFile, n: number) => string | Uint8Array,
  shows: BadFile["shows"],
): BadFile {
  const make: BadFile["make"] = (path, file, n) => {
    writeFileSync(path, write(file, n));
    return undefined;
  };
  return { name, strikes, make, shows };
}

const TEXTS: readonly BadFile[] = [
  text(
    "a million levels",
    ({ around, kind }) => around !== null && kind !== "table" && kind !== "log",
    ({ around }) => around?.("[".repeat(1_000_000) + "]".repeat(1_000_000)) ?? "",
    () => TOO_DEEP,
  ),
  text(
    "a tail of NUL",
    all,
    ({ content }, n) => content(n) + "\0".repeat(5_000),
    (file) => (isLog(file) ? "the new value" : /the file ends in NUL characters\. Save it again\.$/),
  ),
  text(
    "half of it",
    isJson,
    ({ content }, n) => content(n).replace(/\}\s*$/, ""),
    () => /(may be half-written|is missing here.*)\. Mend it and save the file\.$/,
  ),
  text(
    "nothing in it",
    isJson,
    () => "",
    () => /the file is empty\. Save it with its data\.$/,
  ),
  text(
    "a byte that is no UTF-8",
    (file) => !isLog(file),
    ({ content }, n) => Buffer.concat([Buffer.from(content(n)), Buffer.of(0xff, 0x0a)]),
    () => /this is not valid UTF-8 text\. Save the file with the encoding UTF-8\.$/,
  ),
  text(
    "UTF-16 without its mark",
    all,
    ({ content }, n) => Buffer.from(content(n), "utf16le"),
    () => "the new value",
  ),
  ...["1e400", "1e-400", "-5e-999", "9007199254740993", '"1,234"', '""', "null", "[5]", "{}"].map(
    (spelling) =>
      text(
        `${spelling} where a number is due`,
        // Of a list a metric of the user's takes the last item.
        (file) => file.around !== null && isJson(file) && (spelling !== "[5]" || file.selection === null),
        ({ around }) => around?.(spelling) ?? "",
        () => /, line [123]: .+\. (Write|Round|Name|Check) .+\.$/,
      ),
  ),
];

/** Every way for a file to go bad that is shown end to end. */
export const BAD_FILES: readonly BadFile[] = [...PLACES, ...SIZES, ...TEXTS];
