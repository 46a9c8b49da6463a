import { html, nothing, type TemplateResult } from "lit";

const CODICON_NAME = /^[a-z0-9-]+$/;

/** A codicon by its name, or any other sign (an emoji, say) as it is. */
export function icon(name: string | null): TemplateResult | typeof nothing {
  if (!name) return nothing;
  if (!CODICON_NAME.test(name)) return html`<span class="sign" aria-hidden="true">${name}</span>`;
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}
