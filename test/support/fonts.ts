/** Runs in a page: what became of each font of its own. */
export function fontsOf(): string {
  return [...document.fonts].map(({ family, status }) => `${family.replaceAll('"', "")} ${status}`).join();
}
