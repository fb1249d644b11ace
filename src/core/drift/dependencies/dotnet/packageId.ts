/** Ids of NuGet packages, which differ by more than case (NuGet documentation, ".nuspec reference", "id"). */
import type { Requirement } from '../model';

/** The id as all files of a project may be compared by it. */
export function idOf(written: string): string {
  return written.trim().toLowerCase();
}

/** A requirement of the public registry. */
export function packageOf(group: string, id: string, spec: string, everywhere = false): Requirement {
  const spelling = id.trim();
  return { group, name: idOf(id), spelling, package: idOf(id), spec: spec.trim(), source: null, everywhere };
}
