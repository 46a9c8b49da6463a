import type { FusionApi, FusionExports } from "../../docs/fusion-data-stream.js";
import type { ApiParts } from "./fusionApi.js";

/** What other extensions get of this one. Nothing of the API is loaded before one of them asks for it. */
export function exportedApi(parts: ApiParts): FusionExports {
  let api: FusionApi | null = null;
  return {
    getApi(version) {
      if (version !== 1)
        throw new RangeError(`Fusion has no API of version ${String(version)}. Ask for 1, or update Fusion.`);
      if (api === null) {
        // Not imported, as whoever asks gets the answer at once and no promise.
        const loaded: typeof import("./fusionApi.js") = require("./fusionApi.js");
        api = new loaded.ExtensionApi(parts);
      }
      return api;
    },
  };
}
