// CodeMirror where the plain field was. The field stays, hidden, with the same text: the form sends it.
//
// It stands in a shadow root, where its style needs no <style> element, which our policy refuses.
import { autocompletion, closeCompletion, completionStatus } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { problemMarks } from "./problem.js";
import { theme } from "./theme.js";
import { openWords } from "./words.js";

const RUN = /Mac|iP(hone|ad)/.test(navigator.platform) ? "⌘ Enter" : "Ctrl+Enter";
const KEYS = [
  [RUN, "runs the query"],
  ["Ctrl+Space", "offers words"],
  ["Esc, then Tab", "leaves the editor"],
];

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword], color: "var(--sparql-keyword)", fontWeight: "600" },
  { tag: tags.local(tags.variableName), color: "var(--sparql-variable)", whiteSpace: "nowrap" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--sparql-string)" },
  { tag: [tags.atom, tags.number, tags.bool], color: "var(--sparql-name)" },
  { tag: [tags.standard(tags.variableName), tags.meta], color: "var(--sparql-name)" },
  { tag: tags.comment, color: "var(--sparql-comment)", fontStyle: "italic" },
]);

// The keys in words, to be seen below the editor, and heard when it is entered.
function hint() {
  const line = document.createElement("p");
  line.className = "sparql-keys";
  for (const [key, does] of KEYS) {
    const shown = document.createElement("kbd");
    const item = document.createElement("span");
    shown.textContent = key;
    item.append(shown, ` ${does}`);
    line.append(item, " ");
  }
  return line;
}

function heard() {
  const text = document.createElement("p");
  text.id = "keys";
  text.hidden = true;
  text.textContent = KEYS.map(([key, does]) => `${key} ${does}.`).join(" ");
  return text;
}

// Tab indents, but after Escape it leaves, until something is typed.
function leaving() {
  return EditorView.domEventHandlers({
    keydown(event, view) {
      if (event.key === "Escape" && completionStatus(view.state) === null) view.setTabFocusMode(true);
      else if (!["Tab", "Shift", "Escape"].includes(event.key)) view.setTabFocusMode(false);
    },
    focus: (_, view) => view.setTabFocusMode(false),
    blur: (_, view) => {
      closeCompletion(view);
    },
  });
}

function extensions(field, offer, run) {
  return [
    keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }]),
    leaving(),
    lineNumbers(),
    highlightSpecialChars(),
    history(),
    bracketMatching(),
    indentUnit.of("  "),
    EditorState.tabSize.of(2),
    EditorView.lineWrapping,
    StreamLanguage.define(sparql),
    syntaxHighlighting(colours),
    autocompletion({ override: [offer.complete], icons: false, maxRenderedOptions: 60 }),
    offer.declaring,
    problemMarks,
    theme,
    keymap.of([...historyKeymap, indentWithTab, ...defaultKeymap]),
    EditorView.contentAttributes.of({ "aria-label": "Query, in SPARQL", tabindex: "0", "aria-describedby": "keys" }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      field.value = update.state.doc.toString();
      field.dispatchEvent(new Event("input"));
    }),
  ];
}

export function openEditor(form, run) {
  const field = form.elements.query;
  const place = document.createElement("div");
  place.className = "sparql-editor";
  const root = place.attachShadow({ mode: "open" });
  const offer = openWords(form.dataset.terms);
  field.parentElement.after(place);
  field.hidden = true;
  field.parentElement.classList.add("sparql-label");
  place.after(hint());
  root.append(heard());
  const view = new EditorView({ doc: field.value, extensions: extensions(field, offer, run), parent: root, root });
  form.querySelector("label[for=query]").addEventListener("click", () => view.focus());
  return view;
}

// Puts another query in the place of this one: a step of its own, which undo takes back.
export function write(view, text) {
  if (view.state.doc.toString() === text) return;
  const changes = { from: 0, to: view.state.doc.length, insert: text };
  view.dispatch({ changes, selection: { anchor: 0 }, annotations: isolateHistory.of("full"), scrollIntoView: true });
}
