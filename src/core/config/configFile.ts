import type { Evaluator } from "../sources/evaluator.js";
import type { FolderReader, GuardedFile } from "../sources/folderReader.js";
import { SourceError } from "../sources/sourceError.js";
import { decodeLogText, decodeText, detectEncoding } from "../sources/textEncoding.js";
import type { ConfigProblem } from "./configProblem.js";
import type { FusionConfig } from "./fusionConfig.js";

export const CONFIG_FILE = "fusion.json";

/** Without a file, there are the built-in metrics and nothing else. */
const NO_CONFIG: FusionConfig = { metrics: [], cards: null, alerts: [] };

export interface LoadedConfig {
  /** The last one without an error. */
  readonly config: FusionConfig;
  /** Whether there has been one: a file that was broken from the first look on may declare anything. */
  readonly isKnown: boolean;
  /** What the file says now, and what is wrong with it; `null` where there is none. */
  readonly document: { readonly text: string; readonly problems: readonly ConfigProblem[] } | null;
}

/** Before the first look. */
export const UNKNOWN_CONFIG: LoadedConfig = { config: NO_CONFIG, isKnown: false, document: null };

/** The folder's `fusion.json`, read again when it changed. A broken one keeps the last good configuration. */
export class ConfigFile {
  private loaded = UNKNOWN_CONFIG;
  private signature: string | null = null;
  /** What is told of the file while it cannot be read, and why it cannot. */
  private unreadable: { readonly reason: string; readonly loaded: LoadedConfig } | null = null;

  constructor(
    private readonly reader: FolderReader,
    private readonly evaluator: Evaluator,
  ) {}

  /** The same object as before where nothing changed. */
  async load(): Promise<LoadedConfig> {
    try {
      const { signature } = this;
      const options = { appendOnly: false };
      const read =
        signature === null
          ? await this.reader.read(CONFIG_FILE, options, textOf)
          : await this.reader.readUnless(signature, CONFIG_FILE, options, textOf);
      this.unreadable = null;
      if (read === "unchanged") return this.loaded;
      if (read === null) return this.become(null, { config: NO_CONFIG, isKnown: true, document: null });
      const text = read.result;
      const { config, problems } = await this.evaluator.evaluate({ kind: "config", text });
      const document = { text, problems };
      const isKnown = config !== null || this.loaded.isKnown;
      return this.become(read.state.signature, { config: config ?? this.loaded.config, isKnown, document });
    } catch (error) {
      if (error instanceof SourceError) return this.withReason(error.reason);
      throw error;
    }
  }

  /** What was good stays, marked as the card of a file that cannot be read would be. */
  private withReason(reason: string): LoadedConfig {
    if (this.unreadable?.reason !== reason) {
      const place = { offset: 0, length: 0, line: 1, column: 1 };
      const problem: ConfigProblem = { ...place, message: reason, severity: "error", fix: null };
      const text = this.loaded.document?.text ?? "";
      this.unreadable = { reason, loaded: { ...this.loaded, document: { text, problems: [problem] } } };
    }
    return this.unreadable.loaded;
  }

  private become(signature: string | null, loaded: LoadedConfig): LoadedConfig {
    if (signature === null && this.signature === null && this.loaded.isKnown) return this.loaded;
    this.signature = signature;
    this.loaded = loaded;
    return loaded;
  }
}

/** No text that the parser takes has more bytes than these, in any encoding. */
const MAX_BYTES = 1024 * 1024;

/** The file's text; of one that the parser refuses for its length, as much as it takes to refuse it. */
async function textOf(file: GuardedFile): Promise<string> {
  if (file.size <= MAX_BYTES) return decodeText(await file.read(0, file.size));
  const bytes = await file.read(0, MAX_BYTES);
  return decodeLogText(bytes, detectEncoding(bytes));
}
