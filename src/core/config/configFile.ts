import type { GuardedReader } from "../sources/guardedReader.js";
import { SourceError } from "../sources/sourceError.js";
import { decodeText } from "../sources/textEncoding.js";
import type { ConfigProblem } from "./configProblem.js";
import type { FusionConfig } from "./fusionConfig.js";

export const CONFIG_FILE = "fusion.json";

/** Without a file, there are the built-in metrics and nothing else. */
const NO_CONFIG: FusionConfig = { metrics: [], cards: null, alerts: [] };

export interface LoadedConfig {
  /** The last one without an error. */
  readonly config: FusionConfig;
  /** What the file says now, and what is wrong with it; `null` where there is none. */
  readonly document: { readonly text: string; readonly problems: readonly ConfigProblem[] } | null;
}

/** The folder's `fusion.json`, read again when it changed. A broken one keeps the last good configuration. */
export class ConfigFile {
  private loaded: LoadedConfig = { config: NO_CONFIG, document: null };
  private signature: string | null = null;

  constructor(private readonly reader: GuardedReader) {}

  /** The same object as before where nothing changed. */
  async load(): Promise<LoadedConfig> {
    try {
      const { signature } = this;
      if (signature !== null && (await this.reader.isUnchanged(CONFIG_FILE, signature))) return this.loaded;
      const look = await this.reader.look(CONFIG_FILE);
      if (look === null) return this.become(null, { config: NO_CONFIG, document: null });
      if (look.signature === this.signature) return this.loaded;
      const read = await this.reader.read(CONFIG_FILE, { appendOnly: false }, async (file) =>
        decodeText(await file.read(0, file.size)),
      );
      if (read === null) return this.loaded;
      // The parser is loaded with the first such file.
      const { parseFusionConfig } = await import("./fusionConfig.js");
      const { config, problems } = parseFusionConfig(read.result);
      const document = { text: read.result, problems };
      return this.become(read.state.signature, { config: config ?? this.loaded.config, document });
    } catch (error) {
      // Unreadable for the moment, as the card of a file would be: what was good stays.
      if (error instanceof SourceError) return this.loaded;
      throw error;
    }
  }

  private become(signature: string | null, loaded: LoadedConfig): LoadedConfig {
    if (signature === null && this.signature === null) return this.loaded;
    this.signature = signature;
    this.loaded = loaded;
    return loaded;
  }
}
