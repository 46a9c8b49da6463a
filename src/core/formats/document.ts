import { type JsonDocument, parseJsonDocument } from "../sources/jsonDocument.js";

export type DocumentFormat = "json" | "jsonc" | "yaml" | "toml";

/**
 * Parses a file that is one document. Values are what JSON has: dates are texts, and nothing is nested more than 64 deep.
 * Objects may have any own key, `__proto__` too: read them by `Object.hasOwn`.
 * @throws SourceError that says what is wrong, with the line where it is known
 */
export async function parseDocument(format: DocumentFormat, text: string): Promise<JsonDocument> {
  switch (format) {
    case "json":
    case "jsonc":
      return parseJsonDocument(text, format);
    case "yaml": {
      const { parseYamlDocument } = await import("./yamlDocument.js");
      return parseYamlDocument(text);
    }
    case "toml": {
      const { parseTomlDocument } = await import("./tomlDocument.js");
      return parseTomlDocument(text);
    }
  }
}
