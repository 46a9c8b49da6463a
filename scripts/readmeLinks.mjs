/**
 * Where the pictures and the pages that the README names are found from a marketplace, which has no files beside it: in the
 * sources that a workflow packs. Elsewhere it is not known where those are.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Pick<import("@vscode/vsce").IPackageOptions, "rewriteRelativeLinks" | "baseContentUrl" | "baseImagesUrl">}
 */
export function readmeLinks({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_REF_NAME }) {
  if (!GITHUB_REPOSITORY) return { rewriteRelativeLinks: false };
  const sources = (/** @type {"blob" | "raw"} */ as) =>
    `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/${as}/${GITHUB_REF_NAME}`;
  return { rewriteRelativeLinks: true, baseContentUrl: sources("blob"), baseImagesUrl: sources("raw") };
}
