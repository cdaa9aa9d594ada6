import type { PhoneFold } from "#components/ui/phone-folds.tsx";
import { type Download, Downloads } from "./downloads.tsx";

/** Files to take out, behind one button. */
export function exportFold(label: string, files: readonly Download[]): PhoneFold {
  return {
    label: "Export",
    icon: "download",
    everywhere: true,
    content: (
      <div className="flex sm:justify-end">
        <Downloads label={label} files={files} />
      </div>
    ),
  };
}
