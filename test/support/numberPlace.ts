/** A format, and where in a document of it a number stands. */
export interface NumberPlace {
  readonly format: string;
  readonly extension: string;
  readonly selection: object;
  /** The document with a value, as it is spelled, where a number is due. */
  readonly around: (spelling: string) => string;
}

const QUERY = { query: "n" };

/** Every format that gives numbers, so not Markdown. */
export const NUMBER_PLACES: readonly NumberPlace[] = [
  { format: "JSON", extension: ".json", selection: QUERY, around: (n) => `{\n"n": ${n}\n}\n` },
  {
    format: "JSONC",
    extension: ".jsonc",
    selection: QUERY,
    around: (n) => `{\n// of today\n"n": ${n},\n}\n`,
  },
  { format: "JSONL", extension: ".jsonl", selection: QUERY, around: (n) => `{"x": 0}\n{"n": ${n}}\n` },
  { format: "YAML", extension: ".yaml", selection: QUERY, around: (n) => `x: 0\nn: ${n}\n` },
  { format: "TOML", extension: ".toml", selection: QUERY, around: (n) => `x = 0\nn = ${n}\n` },
  { format: "CSV", extension: ".csv", selection: { column: "n" }, around: (n) => `x,n\n0,${n}\n` },
  { format: "TSV", extension: ".tsv", selection: { column: "n" }, around: (n) => `x\tn\n0\t${n}\n` },
  {
    format: "a log",
    extension: ".log",
    selection: { match: "n=(?<value>.*)" },
    around: (n) => `x=0\nn=${n}\n`,
  },
];

/** Spellings of JSON that are no numbers, or none that can be held. */
export const NO_JSON_NUMBERS = [
  "1e400",
  "-1e400",
  "1e-400",
  "-12.5E-0400",
  `0.${"0".repeat(400)}1`,
  "9007199254740993",
  '"1,234"',
  '""',
  "null",
  "true",
  "{}",
];
