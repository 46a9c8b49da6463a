import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Snapshot as PublicSnapshot } from "../../docs/fusion-data-stream.js";
import type { Snapshot } from "../../src/protocol/snapshot.js";

/** What the types promise, nothing more and nothing less; `concealed` is for the panel alone. */
type Shown<T> = T extends (infer Item)[] | readonly (infer Item)[]
  ? readonly Shown<Item>[]
  : T extends object
    ? { [Name in keyof T as Name extends "concealed" ? never : Name]: Shown<T[Name]> }
    : T;
type Same<A, B> =
  (<T>() => T extends Shown<A> ? 1 : 2) extends <T>() => T extends Shown<B> ? 1 : 2 ? true : false;

/** Does not compile where the two differ. */
const same: Same<PublicSnapshot, Snapshot> = true;

describe("the types that ship", () => {
  it("say of snapshots just what they are", () => assert.ok(same));

  it("stand alone, so that they can be copied", () => {
    const text = readFileSync("docs/fusion-data-stream.d.ts", "utf8");
    assert.doesNotMatch(text, /^\s*(import|export \*|\/\/\/)/m);
  });
});
