import assert from "node:assert/strict";
import { wordingOf } from "../../../src/protocol/sentences.js";

const GERMAN = {
  "the file is empty. Save it with its data./sentence": "die Datei ist leer. Speichere sie mit ihren Daten.",
  '"{0}" is {1}, not a number. Write it as a plain number./sentence': "„{0}“ ist {1}, keine Zahl.",
  '"{0}" is {1}/sentence': "„{0}“ ist {1}",
  "too large or too small to be kept exactly. Round it./sentence": "zu groß oder zu klein. Runde es.",
  "a list/sentence": "eine Liste",
  "{0} or {1}/sentence": "{0} oder {1}",
  "{0}, line {1}: {2}/sentence": "{0}, Zeile {1}: {2}",
  "{0}, the first of them line {1}: {2}/sentence": "{0}, die erste Zeile {1}: {2}",
  "{0} lines are left out/sentence": "{0} Zeilen fehlen",
  "there is no column {0}. There are {1}{2}./sentence": "Spalte {0} fehlt. Es gibt {1}{2}.",
  " and more/sentence": " und weitere",
  "this row has {0} cells, but the header has {1}./sentence":
    "die Kopfzeile hat {1} Zellen, diese Zeile {0}.",
  "a list": "a text of the interface",
};

describe("sentences of the stream", () => {
  const say = wordingOf(GERMAN);

  const cases: Readonly<Record<string, readonly [english: string, german: string]>> = {
    "a whole one": [
      "the file is empty. Save it with its data.",
      "die Datei ist leer. Speichere sie mit ihren Daten.",
    ],
    "behind its file": [
      "data/my: file.json: the file is empty. Save it with its data.",
      "data/my: file.json: die Datei ist leer. Speichere sie mit ihren Daten.",
    ],
    "behind its line, with a value that is a sentence's part": [
      'data/a.json, line 12: "mrr" is a list, not a number. Write it as a plain number.',
      "data/a.json, Zeile 12: „mrr“ ist eine Liste, keine Zahl.",
    ],
    "by the template with the most words of its own": [
      '"mrr" is too large or too small to be kept exactly. Round it.',
      "„mrr“ ist zu groß oder zu klein. Runde es.",
    ],
    "three deep": [
      "a.jsonl: 3 lines are left out, the first of them line 5: the file is empty. Save it with its data.",
      "a.jsonl: 3 Zeilen fehlen, die erste Zeile 5: die Datei ist leer. Speichere sie mit ihren Daten.",
    ],
    "with values side by side": [
      'there is no column "x". There are "a" or "b" and more.',
      'Spalte "x" fehlt. Es gibt "a" oder "b" and more.',
    ],
    "with its values in another order": [
      "this row has 3 cells, but the header has 4.",
      "die Kopfzeile hat 4 Zellen, diese Zeile 3.",
    ],
    "with a value that looks like a place for one": ['"{1}" is a list', "„{1}“ ist eine Liste"],
  };
  for (const [name, [english, german]] of Object.entries(cases)) {
    it(`are translated: ${name}`, () => assert.equal(say(english), german));
  }

  it("stay as they are where no template fits, or one of hardly any words", () => {
    for (const english of ["connect ECONNREFUSED 127.0.0.1:4000", "this or that", "", ": ", "a: b: c"]) {
      assert.equal(say(english), english);
    }
    assert.equal(
      wordingOf({})("the file is empty. Save it with its data."),
      "the file is empty. Save it with its data.",
    );
  });

  it("take a time in proportion to their length, whatever others wrote into them", () => {
    const hostile = `data/x.json: "${'" is "'.repeat(20_000)}: `;
    const before = performance.now();
    say(hostile);
    assert.ok(performance.now() - before < 2_000);
  });
});
