import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits, type JSONPath, parse } from "jsonc-parser";
import {
  editConfig,
  editConfigAll,
  type JsonObject,
  type JsonValue,
} from "../../../../src/core/config/configEdit.js";
import { type FusionConfig, parseFusionConfig } from "../../../../src/core/config/fusionConfig.js";
import { EXAMPLE_CONFIG } from "./exampleConfig.js";

const NEW_ALERT = { metric: "memos", below: 5, for: "10m" };
const WRITTEN = '{ "metric": "memos", "below": 5, "for": "10m" }';

describe("an edit of fusion.json", () => {
  const edited = (text: string, path: JSONPath = ["alerts", -1], value: JsonValue = NEW_ALERT) =>
    applyEdits(text, editConfig(text, path, value));

  it("adds an alert after the others, and leaves the rest as it is written", () => {
    const last = '    { "metric": "errors", "above": 100, "clearBelow": 90 },\n';
    assert.equal(edited(EXAMPLE_CONFIG), EXAMPLE_CONFIG.replace(last, `${last}    ${WRITTEN},\n`));
  });

  it("makes the list where there is none", () => {
    const list = `"alerts": [\n    ${WRITTEN}\n  ]`;
    assert.equal(edited('{\n  "cards": ["memos"]\n}\n'), `{\n  "cards": ["memos"],\n  ${list}\n}\n`);
    assert.equal(
      edited('{\n  "cards": ["memos"], // All.\n  // No more.\n}\n'),
      `{\n  "cards": ["memos"], // All.\n  // No more.\n  ${list},\n}\n`,
    );
    for (const text of ["{}", "{ }"]) assert.equal(edited(text), `{\n  ${list}\n}`);
    assert.equal(edited('{ "alerts": [] }'), `{ "alerts": [\n  ${WRITTEN}\n] }`);
  });

  it("writes the whole of an empty file, below the comments that it may have", () => {
    const whole = `{\n  "alerts": [\n    ${WRITTEN}\n  ]\n}\n`;
    assert.equal(edited(""), whole);
    assert.equal(edited("// Mine."), `// Mine.\n${whole}`);
    assert.equal(edited("/* Mine. */\n"), `/* Mine. */\n${whole}`);
  });

  it("writes as the file does: by tabs, with CRLF, on one line, with or without a last comma", () => {
    const tabs = '{\r\n\t"alerts": [\r\n\t\t{ "metric": "a", "above": 1 } // One.\r\n\t]\r\n}\r\n';
    assert.equal(
      edited(tabs),
      tabs.replace("} //", "}, //").replace("One.\r\n", `One.\r\n\t\t${WRITTEN}\r\n`),
    );
    assert.equal(edited('{"alerts": [{"metric": "a"}]}'), `{"alerts": [{"metric": "a"}, ${WRITTEN}]}`);
    assert.equal(edited('{"alerts": [{"metric": "a"}, ]}'), `{"alerts": [{"metric": "a"}, ${WRITTEN}, ]}`);
    assert.equal(
      edited('{\n  "alerts": [\n    {"metric": "a"}]\n}'),
      `{\n  "alerts": [\n    {"metric": "a"},\n    ${WRITTEN}\n  ]\n}`,
    );
  });

  it("keeps comments where they stand", () => {
    const text =
      '{ /* 1 */ "alerts" /* 2 */ : /* 3 */ [ /* 4 */\n  // { "metric": "memos", "below": 4 },\n ] /* 5 */ } // 6';
    const result = edited(text);
    assert.deepEqual(result.match(/\/\*.*?\*\/|\/\/.*/g), text.match(/\/\*.*?\*\/|\/\/.*/g));
    assert.deepEqual(parse(result), { alerts: [NEW_ALERT] });
  });

  it("puts other values in place: a metric, the order of the cards", () => {
    const metric = { file: "a.json", query: "length(@)" };
    assert.match(
      edited(EXAMPLE_CONFIG, ["metrics", "new"], metric),
      /"query": "stars" },\n {4}"new": \{ "file": "a\.json", "query": "length\(@\)" },\n {2}\},/,
    );
    assert.equal(
      edited(EXAMPLE_CONFIG, ["cards"], ["memos", "revenue"]),
      EXAMPLE_CONFIG.replace('["revenue", "openBugs", "memos"]', '["memos", "revenue"]'),
    );
  });

  it("changes the member that counts, where one is there twice", () => {
    const text = '{"alerts": [], "alerts": [{"metric": "a", "above": 1}]}';
    assert.equal(parseFusionConfig(edited(text)).config?.alerts.length, 2);
  });

  it("refuses a path through what is neither an object nor a list", () => {
    assert.throws(() => editConfig('{"alerts": 5}', ["alerts", -1], NEW_ALERT), /type number/);
  });
});

describe("an edit of any fusion.json", () => {
  it("reads as the same configuration with the new alert, comments kept", () => {
    fc.assert(
      fc.property(anyConfig(), anyAlert(), anyLayout(), (config, added, layout) => {
        const text = laidOut(config, layout);
        const before = parsed(text);
        const result = applyEdits(text, editConfig(text, ["alerts", -1], added));
        const after = parsed(result);
        const [wanted] = parsed(JSON.stringify({ alerts: [added] })).alerts;
        assert.deepEqual(
          placeless(after),
          placeless({ ...before, alerts: [...before.alerts, ...(wanted ? [wanted] : [])] }),
        );
        assert.equal(result.split("/*c*/").length, text.split("/*c*/").length);
        assert.equal(result.split("//c").length, text.split("//c").length);
        // Lines end as they did.
        if (layout.lineEnd === "\r\n" && text.includes("\r\n")) assert.ok(!/[^\r]\n/.test(result));
      }),
      { numRuns: 500 },
    );
  });

  it("puts a metric and its card into a file at once, as if one after the other", () => {
    const metric = { file: "a.json", query: "b" };
    const changes = [
      { path: ["metrics", "new one"], value: metric },
      { path: ["cards", -1], value: "new one" },
    ];
    const added = (text: string) => applyEdits(text, editConfigAll(text, changes));
    assert.equal(
      added('{\r\n  // Mine.\r\n  "cards": ["memos"], // All.\r\n}'),
      '{\r\n  // Mine.\r\n  "cards": ["memos", "new one"], // All.\r\n  "metrics": {\r\n    "new one": { "file": "a.json", "query": "b" }\r\n  },\r\n}',
    );
    assert.deepEqual(parse(added('{"cards":[],"metrics":{}}')), {
      cards: ["new one"],
      metrics: { "new one": metric },
    });
    fc.assert(
      fc.property(anyConfig(), anyLayout(), (config, layout) => {
        const text = laidOut({ cards: [], ...config }, layout);
        const one = applyEdits(text, editConfig(text, ["metrics", "new one"], metric));
        const other = applyEdits(one, editConfig(one, ["cards", -1], "new one"));
        // The layout of a text without lines of its own is known only when the first change has made some.
        const result = added(text);
        assert.deepEqual(placeless(parsed(result)), placeless(parsed(other)));
        assert.equal(parsed(result).metrics.at(-1)?.id, "new one");
        assert.equal(result.split("//c").length, text.split("//c").length);
        assert.equal(result.split("/*c*/").length, text.split("/*c*/").length);
      }),
      { numRuns: 300 },
    );
    assert.throws(() => editConfigAll("", changes), /Two changes meet/);
  });
});

interface WrittenLayout {
  readonly lineEnd: string;
  readonly indent: string;
  readonly trailingCommas: boolean;
  readonly comments: readonly string[];
}

function anyLayout(): fc.Arbitrary<WrittenLayout> {
  return fc.record({
    lineEnd: fc.constantFrom("\n", "\r\n", " "),
    indent: fc.constantFrom("", " ", "  ", "\t"),
    trailingCommas: fc.boolean(),
    comments: fc.array(fc.constantFrom("", "/*c*/", " //c\n", " //c\r\n"), { minLength: 1, maxLength: 7 }),
  });
}

function anyAlert(): fc.Arbitrary<JsonObject> {
  const metric = fc.constantFrom("memos", "revenue", "driveSync");
  return fc.oneof(
    fc.record({ metric, below: fc.integer() }),
    fc.record({ metric, above: fc.integer(), for: fc.constantFrom("1m", "2h") }),
    fc.record({ metric, becomes: fc.string({ minLength: 1 }).filter((text) => text.trim() !== "") }),
    fc.record({ metric, risesBy: fc.constant("5%"), severity: fc.constantFrom("info", "error") }),
  );
}

function anyConfig(): fc.Arbitrary<JsonObject> {
  const name = fc.stringMatching(/^[a-z]{1,8}$/);
  const metric = fc.record({ file: fc.constant("a.json"), query: fc.constant("a[0].b") });
  return fc.record(
    {
      metrics: fc.dictionary(name, metric, { maxKeys: 3 }),
      alerts: fc.array(anyAlert(), { maxLength: 3 }),
      cards: fc.array(name, { maxLength: 3 }),
    },
    { requiredKeys: [] },
  );
}

/** Writes JSON with the layout's line ends and commas, and its comments in turn after every sign. */
function laidOut(value: JsonObject, { lineEnd, indent, trailingCommas, comments }: WrittenLayout): string {
  let count = 0;
  const comment = () => {
    const next = comments[count++ % comments.length] ?? "";
    return next.includes("\n") && lineEnd !== " " ? next.replace(/\r?\n/, lineEnd) : next;
  };
  const write = (each: JsonValue, depth: number): string => {
    if (typeof each !== "object" || each === null) return JSON.stringify(each) + comment();
    const list = Array.isArray(each);
    const items = list
      ? each.map((item) => write(item, depth + 1))
      : Object.entries(each).map(
          ([key, item]) => `${JSON.stringify(key)}${comment()}:${comment()}${write(item, depth + 1)}`,
        );
    const line = `${comment()}${lineEnd}${indent.repeat(depth + 1)}`;
    const last = items.length > 0 && trailingCommas ? "," : "";
    const end = `${comment()}${lineEnd}${indent.repeat(depth)}`;
    return `${list ? "[" : "{"}${line}${items.join(`,${line}`)}${last}${end}${list ? "]" : "}"}${comment()}`;
  };
  return comment() + write(value, 0);
}

function parsed(text: string): FusionConfig {
  const { config, problems } = parseFusionConfig(text);
  assert.ok(config, `${problems[0]?.message}\n${text}`);
  return config;
}

/** Without the lines, which move. */
function placeless(config: FusionConfig): unknown {
  return JSON.parse(JSON.stringify(config, (key, value) => (key === "line" ? undefined : value)));
}
