import assert from "node:assert/strict";
import { arrangedCards, arrangementAfter, withCardAt } from "../../../webview/model/arrangement.js";

const AB = { cards: ["a", "b"] };
const BA = { cards: ["b", "a"] };

describe("an arrangement of the cards", () => {
  it("shows before the stream does, and ends when the stream does", () => {
    const chosen = { ...BA, saved: false };
    assert.deepEqual(arrangedCards(AB, chosen), ["b", "a"]);
    assert.equal(arrangementAfter(chosen, AB, AB), chosen);
    assert.equal(arrangementAfter(chosen, AB, BA), null);
    assert.deepEqual(arrangedCards(AB, null), ["a", "b"]);
  });

  it("holds over the order that was chosen before it, until it is saved", () => {
    const later = { cards: ["c", "b", "a"], saved: false };
    const before = { cards: ["a", "b", "c"] };
    const earlier = { cards: ["b", "a", "c"] };
    assert.equal(arrangementAfter(later, before, earlier), later);
    assert.equal(arrangementAfter({ ...later, saved: true }, before, earlier), null);
  });

  it("ends where there are other cards", () => {
    assert.equal(arrangementAfter({ ...BA, saved: false }, AB, { cards: ["a", "b", "c"] }), null);
  });

  it("puts a card anywhere among the others", () => {
    assert.deepEqual(withCardAt(["a", "b", "c"], "a", 2), ["b", "c", "a"]);
    assert.deepEqual(withCardAt(["a", "b", "c"], "c", 0), ["c", "a", "b"]);
    assert.deepEqual(withCardAt(["a", "b", "c"], "b", 1), ["a", "b", "c"]);
  });
});
