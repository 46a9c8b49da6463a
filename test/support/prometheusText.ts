/** One line of Prometheus' text format. */
export interface PrometheusSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/s;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\["\\n])*)"(,|$)/y;
const ESCAPES: Readonly<Record<string, string>> = { "\\n": "\n", '\\"': '"', "\\\\": "\\" };

/**
 * Reads the text format (version 0.0.4), without timestamps.
 * @throws Error where a line is not of it, or a sample has no `TYPE`
 */
export function parsePrometheus(text: string): PrometheusSample[] {
  const types = new Map<string, string>();
  const samples: PrometheusSample[] = [];
  for (const line of text.split("\n")) {
    const [, typed, type] = /^# TYPE (\S+) (counter|gauge)$/.exec(line) ?? [];
    if (typed !== undefined && type !== undefined) types.set(typed, type);
    if (line === "" || line.startsWith("#")) continue;
    const [, name, labels = "", value] = SAMPLE.exec(line) ?? [];
    if (name === undefined || !types.has(name)) throw new Error(`Not a sample: ${line}`);
    if (value === undefined || Number.isNaN(Number(value))) throw new Error(`Not a number: ${line}`);
    samples.push({ name, labels: parseLabels(labels), value: Number(value) });
  }
  return samples;
}

function parseLabels(text: string): Record<string, string> {
  const labels: [string, string][] = [];
  for (let at = 0; at < text.length; ) {
    LABEL.lastIndex = at;
    const [whole, name, value] = LABEL.exec(text) ?? [];
    if (whole === undefined || name === undefined || value === undefined)
      throw new Error(`Not labels: ${text}`);
    labels.push([name, value.replace(/\\["\\n]/g, (written) => ESCAPES[written] ?? written)]);
    at += whole.length;
  }
  return Object.fromEntries(labels);
}
