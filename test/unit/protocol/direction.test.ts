import assert from "node:assert/strict";
import { directionOf, isolated } from "../../../src/protocol/direction.js";

describe("the direction of a language", () => {
  it("is to the left for those that are written so, with a region or without", () => {
    for (const language of ["ar", "ar-EG", "AR", "he", "fa", "ur-PK"])
      assert.equal(directionOf(language), "rtl", language);
  });

  it("is to the right for all others, whatever they begin with", () => {
    for (const language of ["en", "de", "zh-cn", "pt-br", "arn", "hello", ""]) {
      assert.equal(directionOf(language), "ltr", language);
    }
  });
});

describe("a text in an interface that runs from left to right", () => {
  it("stands apart where it is written from right to left", () => {
    for (const text of ["المذكرات", "Drive مزامنة", "עברית", "\u200f12,450\u00a0US$\u200e"]) {
      assert.equal(isolated(text), `\u2068${text}\u2069`);
    }
  });

  it("stays as it is where it is not", () => {
    for (const text of ["Memos", "17", "$12,450", "收入", ""]) assert.equal(isolated(text), text);
  });
});
