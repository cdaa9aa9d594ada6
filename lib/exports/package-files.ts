import { readFileSync } from "node:fs";
import { join } from "node:path";

// The server runs from the project's folder; these files stand there beside it.
const FONTS = join(process.cwd(), "node_modules", "geist", "dist", "fonts");

export const FONT_FILES = {
  regular: join(FONTS, "geist-sans", "Geist-Regular.ttf"),
  semiBold: join(FONTS, "geist-sans", "Geist-SemiBold.ttf"),
  mono: join(FONTS, "geist-mono", "GeistMono-Regular.ttf"),
} as const;

/** The document that the checklist comes from, as it was. */
export function seedDocument(): string {
  return readFileSync(join(process.cwd(), "docs", "seed", "production-deployment-checklist.md"), "utf8");
}
