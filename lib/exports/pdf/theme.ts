import { Font, StyleSheet } from "@react-pdf/renderer";
import { FONT_FILES } from "../package-files.ts";

const LONGEST_WORD = 36;
/** So many of the widest letters stand in one line of a title. */
const LONGEST_IN_TITLE = 20;

Font.register({
  family: "Geist",
  fonts: [{ src: FONT_FILES.regular }, { src: FONT_FILES.semiBold, fontWeight: 600 }],
});
Font.register({ family: "Geist Mono", src: FONT_FILES.mono });
// Words stay whole; only what would run off the page is broken.
Font.registerHyphenationCallback((word) =>
  word.length <= LONGEST_WORD ? [word] : (word.match(/.{1,18}/gsu) ?? [word]),
);

/** The size of a title, so that none of its words runs off the page. */
export function titleSize(title: string): number {
  return title.split(" ").every((word) => word.length <= LONGEST_IN_TITLE) ? 22 : 14;
}

export const INK = {
  plain: "#1b1f24",
  faint: "#59636e",
  line: "#d1d9e0",
  sunken: "#f3f5f7",
  done: "#116329",
  blocked: "#a40e26",
  void: "#6639ba",
};

export const styles = StyleSheet.create({
  page: {
    fontFamily: "Geist",
    fontSize: 9,
    lineHeight: 1.4,
    color: INK.plain,
    paddingTop: 48,
    paddingBottom: 64,
    paddingHorizontal: 48,
  },
  title: { fontWeight: 600, lineHeight: 1.2 },
  heading: { fontSize: 13, fontWeight: 600, marginTop: 18, marginBottom: 6 },
  subheading: { fontSize: 10, fontWeight: 600, marginTop: 10, marginBottom: 3 },
  mono: { fontFamily: "Geist Mono", fontSize: 8 },
  faint: { color: INK.faint, fontSize: 8 },
  row: { flexDirection: "row", gap: 8 },
  term: { width: 110, color: INK.faint },
  grow: { flex: 1 },
  line: { borderBottomWidth: 0.5, borderBottomColor: INK.line, paddingVertical: 3 },
  block: { borderWidth: 0.75, borderColor: INK.line, borderRadius: 3, padding: 10, marginBottom: 8 },
  // A line of the document's own stands out by its beginning: no typed text that goes on can look like one.
  entry: { paddingLeft: 10, textIndent: -10 },
  typed: { borderLeftWidth: 1.5, borderLeftColor: INK.line, paddingLeft: 6, marginTop: 3 },
  signature: { fontSize: 13, fontWeight: 600, lineHeight: 1.5 },
  footer: {
    position: "absolute",
    top: 790,
    left: 48,
    right: 48,
    borderTopWidth: 0.5,
    borderTopColor: INK.line,
    paddingTop: 6,
    flexDirection: "row",
    justifyContent: "space-between",
  },
});
