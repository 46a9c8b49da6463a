import * as v from "valibot";
import type { FusionSource } from "../../docs/fusion-data-stream.js";
import { METRIC_FORMATS } from "../core/config/vocabulary.js";
import type { ExtensionValues } from "../core/sources/extensionSource.js";
import type { MetricShape } from "../core/sources/source.js";

const MAX_METRICS = 100;
/** As in `fusion.json`, of which a metric's name may be part. */
const MAX_ID = 100;
const MAX_LABEL = 100;
const MAX_SIGN = 50;
const MAX_DECIMALS = 20;

const NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;

const currencies = new Set(Intl.supportedValuesOf("currency"));

const sign = v.exactOptional(v.pipe(v.string(), v.maxLength(MAX_SIGN)));
const shape = v.pipe(
  v.strictObject({
    label: v.pipe(
      v.string(),
      v.check((label) => label.trim() !== "", "It must not be empty."),
      v.maxLength(MAX_LABEL),
    ),
    format: v.exactOptional(v.picklist(METRIC_FORMATS)),
    unit: sign,
    prefix: sign,
    suffix: sign,
    decimals: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_DECIMALS))),
    icon: sign,
  }),
  v.check(
    ({ format, unit }) => format !== "currency" || unit === undefined || currencies.has(unit),
    'The unit of a currency is its three letters, such as "USD".',
  ),
);

const source = v.object({
  metrics: v.record(v.string(), v.unknown()),
  read: v.function(),
  onDidChange: v.optional(v.function()),
});

export interface ParsedSource {
  readonly ids: readonly string[];
  readonly values: ExtensionValues;
  readonly onDidChange: FusionSource["onDidChange"];
}

/**
 * What an extension registers, with the ids that its metrics get.
 * @throws TypeError that says what is wrong
 */
export function parseSource(
  owner: { readonly id: string; readonly title: string },
  given: FusionSource,
): ParsedSource {
  const { onDidChange } = checked(source, given, "The source");
  // Of the checked ones, the library leaves out what is called as something that every object has.
  const { metrics } = given;
  const names = Object.keys(metrics);
  if (names.length === 0 || names.length > MAX_METRICS)
    throw new TypeError(`A source has 1 to ${MAX_METRICS} metrics, and this one has ${names.length}.`);
  const parsed = names.map((name) => {
    const id = `${owner.id}/${name}`;
    const quoted = JSON.stringify(name);
    if (!NAME.test(name))
      throw new TypeError(
        `A metric's name is a letter, then letters, digits, "-" and "_". ${quoted} is not.`,
      );
    if (id.length > MAX_ID)
      throw new TypeError(`The id ${JSON.stringify(id)} is longer than ${MAX_ID} characters.`);
    const {
      format = "number",
      unit = null,
      icon = null,
      ...shown
    } = checked(shape, withoutUndefined(metrics[name]), `The metric ${quoted}`);
    const origin = { kind: "extension", extension: owner.title, name } as const;
    const made: MetricShape = { ...shown, format, unit, icon, origin };
    return [name, { id, shape: made }] as const;
  });
  return {
    ids: parsed.map(([, { id }]) => id),
    values: { title: owner.title, metrics: new Map(parsed), read: (signal) => given.read(signal) },
    onDidChange: onDidChange && ((listener) => given.onDidChange?.(listener) ?? { dispose() {} }),
  };
}

/** An object's fields that are set: types let a field that may be left out be `undefined` as well. */
function withoutUndefined(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined));
}

function checked<T>(schema: v.GenericSchema<unknown, T>, value: unknown, what: string): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new TypeError(
    `${what} is not as it must be${path === null ? "" : `, at ${JSON.stringify(path)}`}: ${issue.message}`,
  );
}
