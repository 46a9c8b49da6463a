import { html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { LightElement } from "./lightElement.js";

/** As long as the beat's animation in pulse-line.css. */
const BEAT_MS = 1_200;

/** The line under the header: it runs through the interval, and a beat travels along it on every emission. */
@customElement("fusion-pulse-line")
export class PulseLine extends LightElement {
  /** 0 to 1; `null` while nothing is counted. */
  @property({ attribute: false }) progress: number | null = null;
  /** Number of the last emission; `null` before the first. */
  @property({ attribute: false }) emission: number | null = null;
  @state() private beating = false;
  private lastEmission: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override willUpdate(): void {
    if (this.emission === this.lastEmission) return;
    // The first one is only what the page was told on connecting.
    const emitted = this.lastEmission !== null && this.emission !== null;
    this.lastEmission = this.emission;
    if (!emitted) return;
    this.beating = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.beating = false;
    }, BEAT_MS);
  }

  protected override render(): TemplateResult {
    const classes = { "pulse-line": true, counting: this.progress !== null, beating: this.beating };
    // The header says the same in words.
    return html`<div class=${classMap(classes)} data-testid="pulse-line" aria-hidden="true">
      <span class="pulse-run"></span><span class="pulse-head"></span><span class="pulse-beat"></span>
    </div>`;
  }

  /** Set on the element: the page's policy forbids style attributes. */
  protected override updated(): void {
    this.style.setProperty("--progress", String(this.progress ?? 0));
  }
}
