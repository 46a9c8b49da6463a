import assert from "node:assert/strict";
import { directionOf } from "../../../src/protocol/direction.js";

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
