// The look of the editor. Its colours are those that sparql.css sets on the place it stands in.
import { EditorView } from "@codemirror/view";

export const theme = EditorView.theme({
  "&": {
    color: "var(--sparql-ink)",
    backgroundColor: "var(--sparql-sheet)",
    border: "2px solid var(--sparql-edge)",
    fontSize: "16px",
    minHeight: "14em",
    maxHeight: "min(38rem, 75vh)",
  },
  "&.cm-focused": { outline: "3px solid var(--sparql-focus)", outlineOffset: "0" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--sparql-ink)", padding: ".5em 0", minHeight: "13em" },
  ".cm-line": { padding: "0 .5em" },
  ".cm-gutters": {
    color: "var(--sparql-quiet)",
    backgroundColor: "var(--sparql-wash)",
    borderRight: "1px solid var(--sparql-line)",
  },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "1.9em", padding: "0 .4em 0 .2em" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--sparql-match)", outline: "1px solid var(--sparql-edge)" },
  ".cm-problem-line": { backgroundColor: "var(--sparql-wrong-wash)" },
  ".cm-problem": { textDecoration: "underline wavy var(--sparql-wrong) 2px", textUnderlineOffset: ".2em" },
  ".cm-problem-said": {
    fontFamily: "system-ui, sans-serif",
    fontSize: "15px",
    color: "var(--sparql-wrong)",
    backgroundColor: "var(--sparql-wrong-wash)",
    borderLeft: "4px solid var(--sparql-wrong)",
    padding: ".3em .6em",
    overflowWrap: "anywhere",
  },
  ".cm-tooltip": { color: "var(--sparql-ink)", backgroundColor: "var(--sparql-sheet)", border: "1px solid var(--sparql-edge)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "16em", maxWidth: "min(40rem, 92vw)", minWidth: "12rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".35em .6em", whiteSpace: "normal", overflowWrap: "anywhere", lineHeight: "1.35" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--sparql-on)", backgroundColor: "var(--sparql-edge)" },
  ".cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionDetail": { fontFamily: "system-ui, sans-serif", fontStyle: "normal", fontSize: ".9em", color: "var(--sparql-quiet)", marginLeft: ".7em" },
  ".cm-completionMatchedText": { textDecoration: "underline" },
  ".cm-tooltip.cm-completionInfo": { fontFamily: "system-ui, sans-serif", fontSize: "15px", padding: ".5em .7em", maxWidth: "min(24rem, 90vw)" },
  "@media (max-width: 34rem)": { ".cm-tooltip.cm-completionInfo": { display: "none" } },
  "@media (forced-colors: active)": {
    ".cm-tooltip-autocomplete ul li[aria-selected]": { outline: "3px solid Highlight", outlineOffset: "-3px" },
    ".cm-problem-line": { outline: "1px dashed CanvasText" },
  },
});
