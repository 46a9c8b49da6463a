import { EMPTY_SUM, plus, total } from "../formats/compensatedSum.js";
import { isExact } from "../formats/scalar.js";
import { FieldError, findInDocument } from "./dataDocument.js";
import { describeJson, firstField, isJsonObject } from "./jsonFields.js";
import { INEXACT, requireCount, requireNumber } from "./numberField.js";
import { SourceError } from "./sourceError.js";

export interface ProjectProgress {
  /** Mean over the projects, in percent. */
  readonly progress: number;
  readonly line: number | null;
}

const PROJECTS = ["projects"];

/**
 * The mean progress of `projects`, each with `progress` in percent or `done` of `total`.
 * @throws SourceError
 */
export async function parseProjectProgress(text: string): Promise<ProjectProgress> {
  const { found, document } = await findInDocument(text, meanProgress);
  const [line = null] = await document.linesOf([PROJECTS]);
  return { progress: found, line };
}

function meanProgress(root: unknown): number {
  const field = isJsonObject(root) ? firstField(root, PROJECTS) : null;
  if (field === null) throw new SourceError('there is no list of projects. Add "projects": [].');
  const { value: projects } = field;
  if (!Array.isArray(projects)) {
    throw new FieldError(
      `"projects" is ${describeJson(projects)}, not a list. Write "projects": [].`,
      PROJECTS,
    );
  }
  if (projects.length === 0) throw new FieldError("the list of projects is empty. Add one.", PROJECTS);
  const shares = projects.map((project: unknown, index) => shareOf(project, index));
  const mean = total(shares.reduce(plus, EMPTY_SUM)) / shares.length;
  if (!isExact(mean)) throw new FieldError(`the mean of "projects" is ${INEXACT}`, PROJECTS);
  return mean;
}

function shareOf(project: unknown, index: number): number {
  const path = ["projects", index];
  if (!isJsonObject(project)) {
    throw new FieldError(`project ${index + 1} is ${describeJson(project)}, not an object. Mend it.`, path);
  }
  const progress = firstField(project, ["progress"], path);
  if (progress) return requireNumber(progress);
  const done = firstField(project, ["done"], path);
  const total = firstField(project, ["total"], path);
  if (!done || !total) {
    throw new FieldError(
      `project ${index + 1} has neither "progress" nor "done" and "total". Add one of them.`,
      path,
    );
  }
  const all = requireCount(total);
  if (all === 0)
    throw new FieldError(`project ${index + 1} has a "total" of 0. Count its tasks.`, total.path);
  return (requireCount(done) / all) * 100;
}
