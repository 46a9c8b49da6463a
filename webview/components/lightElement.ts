import { LitElement } from "lit";

/** Renders into the page itself: its hooks are found by `document.querySelector`, and one style sheet reaches all. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }
}
