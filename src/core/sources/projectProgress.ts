import { parseJsonDocument } from "./jsonDocument.js";
import { describeJson, firstField, isJsonObject, requireCount, requireNumber } from "./jsonFields.js";
import { SourceError } from "./sourceError.js";

export interface ProjectProgress {
  /** Mean over the projects, in percent. */
  readonly progress: number;
  readonly line: number | null;
}

/**
 * The mean progress of `projects`, each with `progress` in percent or `done` of `total`.
 * @throws SourceError
 */
export async function parseProjectProgress(text: string): Promise<ProjectProgress> {
  const document = await parseJsonDocument(text);
  const field = isJsonObject(document.value) ? firstField(document.value, ["projects"]) : null;
  if (!Array.isArray(field?.value))
    throw new SourceError('there is no list of projects. Add "projects": [].');
  if (field.value.length === 0) throw new SourceError("the list of projects is empty.");
  const shares = field.value.map((project: unknown, index) => shareOf(project, index));
  const sum = shares.reduce((total, share) => total + share, 0);
  const [line = null] = await document.linesOf([field.path]);
  return { progress: sum / shares.length, line };
}

function shareOf(project: unknown, index: number): number {
  const path = ["projects", index];
  if (!isJsonObject(project))
    throw new SourceError(`project ${index + 1} is ${describeJson(project)}, not an object.`);
  const progress = firstField(project, ["progress"], path);
  if (progress) return requireNumber(progress);
  const done = firstField(project, ["done"], path);
  const total = firstField(project, ["total"], path);
  if (!done || !total)
    throw new SourceError(`project ${index + 1} has neither "progress" nor "done" and "total".`);
  const all = requireCount(total);
  if (all === 0) throw new SourceError(`project ${index + 1} has a "total" of 0.`);
  return (requireCount(done) / all) * 100;
}
