import assert from "node:assert/strict";
import { parseSource } from "../../src/vscode/sourceRegistration.js";

const OWNER = { id: "acme.ci", title: "Acme CI" };
const read = () => ({});

/** Sources as a program without types may give them. */
const parse = (given: unknown) => parseSource(OWNER, given as Parameters<typeof parseSource>[1]);
const withMetric = (shape: unknown) => ({ metrics: { queue: shape }, read });

describe("a source that is registered", () => {
  it("has metrics by ids of the extension, shown as it says", () => {
    const { ids, values } = parse(
      withMetric({ label: "Cost", format: "currency", unit: "EUR", decimals: 2, icon: "credit-card" }),
    );
    assert.deepEqual(ids, ["acme.ci/queue"]);
    assert.deepEqual(values.metrics.get("queue"), {
      id: "acme.ci/queue",
      shape: {
        label: "Cost",
        format: "currency",
        unit: "EUR",
        decimals: 2,
        icon: "credit-card",
        origin: { kind: "extension", extension: "Acme CI", name: "queue" },
      },
    });
    assert.deepEqual(
      parse(withMetric({ label: "Queue" })).values.metrics.get("queue")?.shape.format,
      "number",
    );
  });

  it("may leave a field undefined, and name a metric as every object's own", () => {
    const unset = {
      label: "Queue",
      format: undefined,
      unit: undefined,
      icon: undefined,
      decimals: undefined,
    };
    const { ids, values } = parse({ metrics: { constructor: unset, prototype: { label: "B" } }, read });
    assert.deepEqual(ids, ["acme.ci/constructor", "acme.ci/prototype"]);
    const { shape } = values.metrics.get("constructor") ?? assert.fail();
    assert.deepEqual(Object.keys(shape).sort(), ["format", "icon", "label", "origin", "unit"]);
    assert.deepEqual([shape.format, shape.unit], ["number", null]);
  });

  const WRONG: Readonly<Record<string, [given: unknown, said: RegExp]>> = {
    "is missing": [undefined, /^The source is not as it must be/],
    "has no metrics": [{ read }, /at "metrics"/],
    "has an empty list of metrics": [{ metrics: {}, read }, /1 to 100 metrics, and this one has 0/],
    "has too many metrics": [
      {
        metrics: Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`m${at}`, { label: "M" }])),
        read,
      },
      /this one has 101/,
    ],
    "cannot be read": [{ metrics: { queue: { label: "Queue" } } }, /at "read"/],
    "has a name with a blank": [{ metrics: { "my queue": { label: "Queue" } }, read }, /"my queue" is not/],
    "has a name with a slash": [{ metrics: { "../revenue": { label: "Queue" } }, read }, /is not\.$/],
    "has the name __proto__": [{ metrics: JSON.parse('{"__proto__": {"label": "X"}}'), read }, /metric/],
    "has too long a name": [{ metrics: { ["q".repeat(93)]: { label: "Queue" } }, read }, /longer than 100/],
    "has no label": [withMetric({}), /The metric "queue" is not as it must be, at "label"/],
    "has an empty label": [withMetric({ label: " " }), /must not be empty/],
    "has an unknown format": [withMetric({ label: "Queue", format: "money" }), /at "format"/],
    "has an unknown field": [withMetric({ label: "Queue", scale: 2 }), /at "scale"/],
    "has a currency's sign": [withMetric({ label: "Cost", format: "currency", unit: "€" }), /three letters/],
    "has too many decimals": [withMetric({ label: "Queue", decimals: 21 }), /at "decimals"/],
    "has a shape that is a text": [withMetric("Queue"), /The metric "queue"/],
  };
  for (const [what, [given, said]] of Object.entries(WRONG)) {
    it(`is refused where it ${what}`, () =>
      assert.throws(() => parse(given), { name: "TypeError", message: said }));
  }

  it("is read with itself as this, and may tell of changes", () => {
    class Source {
      readonly metrics = { queue: { label: "Queue" } };
      private readonly value = 7;
      read() {
        return { queue: this.value };
      }
      onDidChange = (listener: () => void) => {
        listener();
        return { dispose() {} };
      };
    }
    const { values, onDidChange } = parse(new Source());
    assert.deepEqual(values.read(new AbortController().signal), { queue: 7 });
    let told = 0;
    onDidChange?.(() => told++);
    assert.equal(told, 1);
  });
});
