import { systemClock } from "../../src/core/clock.js";
import { EventSource } from "../../src/core/event.js";
import type { AddedSource } from "../../src/core/sources/addedSources.js";
import { ExtensionSource } from "../../src/core/sources/extensionSource.js";

/** A source of one metric of the extension `acme.ci`, whose value a test sets. */
export function givenSource(name: string, value: () => unknown) {
  const changes = new EventSource<void>(() => undefined);
  const shape = {
    label: name,
    format: "number",
    unit: null,
    icon: null,
    origin: { kind: "extension", extension: "Acme CI", name },
  } as const;
  const source = new ExtensionSource(
    {
      title: "Acme CI",
      metrics: new Map([[name, { id: `acme.ci/${name}`, shape }]]),
      read: () => ({ [name]: value() }),
    },
    systemClock,
    () => changes.fire(),
  );
  const added: AddedSource = {
    name: "acme.ci",
    source,
    isOwn: true,
    onChange: (listener) => changes.subscribe(listener),
  };
  return { added, tell: () => source.tellChanged() };
}
