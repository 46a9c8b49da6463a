import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

/** Who may set what. A new setting has to be put in here, by somebody who has thought of a hostile workspace. */
const SCOPES: Readonly<Record<string, Scope>> = {
  // What is let in, and where tokens are sent, is the user's alone.
  "server.allowedOrigins": "user",
  "github.apiUrl": "user",
  // They open a port or a panel, write a file or drop what was kept: a workspace may ask for that once it is trusted.
  "server.port": "trusted",
  "log.file": "trusted",
  openOnStartup: "trusted",
  "history.retentionDays": "trusted",
  // It shows what the user's own setting hides.
  privacyMode: "trusted",
  // They change what is shown, within limits that the code checks.
  interval: "any",
  staleAfter: "any",
  "statusBar.metric": "any",
  "statusBar.format": "any",
  notifications: "any",
};

type Scope = "user" | "trusted" | "any";

interface Manifest {
  capabilities: {
    untrustedWorkspaces: { supported: string; description: string; restrictedConfigurations: string[] };
  };
  contributes: {
    configuration: { properties: Record<string, { scope?: string; default?: unknown }> };
    configurationDefaults: Record<string, unknown>;
  };
}

describe("settings", () => {
  const { capabilities, contributes }: Manifest = JSON.parse(readFileSync("package.json", "utf8"));
  const { properties } = contributes.configuration;
  const restricted = capabilities.untrustedWorkspaces.restrictedConfigurations;

  it("each say who may set them, and no workspace those that are the user's alone", () => {
    const found = Object.entries(properties).map(([id, { scope }]) => [
      id.replace(/^fusion\./, ""),
      scopeOf(scope, restricted.includes(id)),
    ]);
    assert.deepEqual(Object.fromEntries(found), SCOPES);
  });

  it("that are restricted exist", () => {
    for (const id of restricted) assert.ok(properties[id], id);
  });

  it("hold no secret, no bind address, no program and no header", () => {
    const telling = /token|secret|password|key|auth(?!or)|bind|host|binary|command|path|header|env/i;
    assert.deepEqual(
      Object.keys(properties).filter((id) => telling.test(id)),
      [],
    );
  });

  it("work in Restricted Mode as far as it goes", () => {
    assert.equal(capabilities.untrustedWorkspaces.supported, "limited");
    assert.ok(capabilities.untrustedWorkspaces.description);
  });
});

function scopeOf(scope: string | undefined, isRestricted: boolean): Scope | string {
  if (scope === "application" || scope === "machine") return "user";
  if (scope === "window") return isRestricted ? "trusted" : "any";
  return `unexpected: ${scope}`;
}
