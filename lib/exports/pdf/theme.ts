import { Font, StyleSheet } from "@react-pdf/renderer";
import { FONT_FILES } from "../package-files.ts";

const LONGEST_WORD = 36;

Font.register({
  family: "Geist",
  fonts: [{ src: FONT_FILES.regular }, { src: FONT_FILES.semiBold, fontWeight: 600 }],
});
Font.register({ family: "Geist Mono", src: FONT_FILES.mono });
// Words stay whole; only what would run off the page is broken.
Font.registerHyphenationCallback((word) =>
  word.length <= LONGEST_WORD ? [word] : (word.match(/.{1,18}/gsu) ?? [word]),
);

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
  title: { fontSize: 22, fontWeight: 600, lineHeight: 1.2 },
  heading: { fontSize: 13, fontWeight: 600, marginTop: 18, marginBottom: 6 },
  subheading: { fontSize: 10, fontWeight: 600, marginTop: 10, marginBottom: 3 },
  mono: { fontFamily: "Geist Mono", fontSize: 8 },
  faint: { color: INK.faint, fontSize: 8 },
  row: { flexDirection: "row", gap: 8 },
  term: { width: 110, color: INK.faint },
  grow: { flex: 1 },
  line: { borderBottomWidth: 0.5, borderBottomColor: INK.line, paddingVertical: 3 },
  block: { borderWidth: 0.75, borderColor: INK.line, borderRadius: 3, padding: 10, marginBottom: 8 },
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
