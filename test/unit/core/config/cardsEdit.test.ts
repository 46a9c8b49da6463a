import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits } from "jsonc-parser";
import { editCardOrder } from "../../../../src/core/config/cardsEdit.js";
import { parseFusionConfig } from "../../../../src/core/config/fusionConfig.js";

const edited = (text: string, ...order: string[]) => applyEdits(text, editCardOrder(text, order));

describe("a new order of the cards", () => {
  it("begins a file that has none, or no order yet", () => {
    assert.equal(edited("", "b", "a"), '{\n  "cards": ["b", "a"]\n}\n');
    assert.equal(
      edited('{\n  // Mine.\n  "alerts": []\n}\n', "b", "a"),
      '{\n  // Mine.\n  "alerts": [],\n  "cards": ["b", "a"]\n}\n',
    );
  });

  it("changes words on a line, and nothing between them", () => {
    const text = '{"cards": [ "a",  /* first */ "b", "c" ,], "alerts": []} // end';
    assert.equal(
      edited(text, "c", "a", "b"),
      '{"cards": [ "c",  /* first */ "a", "b" ,], "alerts": []} // end',
    );
  });

  it("takes lines along with the comments that stand on them and above them", () => {
    const text = `{
  "cards": [ // by weight
    "a", // the first, and best
    // About b.
    "b" /* b */ ,
    "c" // no comma
  ]
}`;
    assert.equal(
      edited(text, "c", "b", "a"),
      `{
  "cards": [ // by weight
    "c", // no comma
    // About b.
    "b", /* b */ 
    "a" // the first, and best
  ]
}`,
    );
  });

  it("keeps a last comma, line ends and the places of cards that are not shown", () => {
    const text = '{ "cards": [\r\n\t"a",\r\n\t"gone",\r\n\t"b",\r\n] }';
    assert.equal(edited(text, "b", "a"), '{ "cards": [\r\n\t"b",\r\n\t"gone",\r\n\t"a",\r\n] }');
  });

  it("changes nothing where all is as it is to be", () => {
    assert.deepEqual(editCardOrder('{ "cards": ["a", "b"] }', ["a", "b"]), []);
  });

  it("is what the file then says, however it is laid out, with every comment", () => {
    const gaps = fc.array(
      fc.constantFrom(" ", "\n", "\r\n", "\t", "// one\n", "/* two */", "/* three\n */", "//four\r\n"),
      { maxLength: 3 },
    );
    const ids = ["a", "b", "c", "d"];
    const order = fc.shuffledSubarray(ids, { minLength: ids.length });
    fc.assert(
      fc.property(
        fc.array(gaps, { minLength: 9, maxLength: 9 }),
        order,
        fc.boolean(),
        (parts, wanted, last) => {
          const gap = (index: number) => (parts[index] ?? []).join("");
          const items = ids.map((id, index) => {
            const comma = index < ids.length - 1 || last ? "," : "";
            return `${gap(index * 2)}"${id}"${gap(index * 2 + 1)}${comma}`;
          });
          const text = `{"cards": [${items.join("")}${gap(8)}]}`;
          const result = edited(text, ...wanted);
          assert.deepEqual(parseFusionConfig(result).config?.cards, wanted);
          const comments = (of: string) => (of.match(/one|two|three|four/g) ?? []).sort();
          assert.deepEqual(comments(result), comments(text));
        },
      ),
    );
  });
});
