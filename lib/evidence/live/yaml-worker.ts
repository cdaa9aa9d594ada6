import { readYaml } from "../reports/yaml-documents.ts";
import { Unreadable } from "../unreadable.ts";

export type YamlTask = { readonly text: string; readonly what: string };
export type YamlAnswer = { readonly documents: readonly unknown[] } | { readonly unreadable: string };

/** What the thread of live checks' YAML runs. An error's class does not outlive the way back, so it is told as data. */
export default function answer({ text, what }: YamlTask): YamlAnswer {
  try {
    return { documents: readYaml(text, what) };
  } catch (error) {
    if (error instanceof Unreadable) return { unreadable: error.message };
    throw error;
  }
}
