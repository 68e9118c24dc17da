// Where a query goes wrong: its line and the place in it are marked, and what is wrong stands below.
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";

const setProblem = StateEffect.define();
const WORD = /^[\w:?$.-]+/;

class Said extends WidgetType {
  constructor(text) {
    super();
    this.text = text;
  }

  eq(other) {
    return other.text === this.text;
  }

  toDOM() {
    const place = document.createElement("div");
    place.className = "cm-problem-said";
    place.textContent = this.text;
    return place;
  }
}

// The place in a text, from a line and a column that count from 1, the column in whole characters.
function placeOf(doc, { line, column }) {
  const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const before = [...found.text].slice(0, column - 1).join("").length;
  return { found, from: Math.min(found.from + before, found.to) };
}

function marks(doc, problem) {
  const { found, from } = placeOf(doc, problem);
  const rest = doc.sliceString(from, found.to);
  const to = from + Math.max(WORD.exec(rest)?.[0].length ?? 1, 1);
  const start = from === found.to ? Math.max(found.from, found.to - 1) : from;
  const ranges = [
    Decoration.line({ class: "cm-problem-line" }).range(found.from),
    Decoration.widget({ widget: new Said(problem.said), block: true, side: 1 }).range(found.to),
  ];
  if (start < found.to) {
    ranges.push(Decoration.mark({ class: "cm-problem" }).range(start, Math.min(to, found.to)));
  }
  return Decoration.set(ranges, true);
}

function touches(marked, changes) {
  let found = false;
  marked.between(0, changes.length, (from, to) => {
    if (changes.touchesRange(from, to)) found = true;
  });
  return found;
}

export const problemMarks = StateField.define({
  create: () => Decoration.none,
  update(marked, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setProblem)) return effect.value ? marks(transaction.state.doc, effect.value) : Decoration.none;
    }
    if (!transaction.docChanged || !marked.size) return marked;
    return touches(marked, transaction.changes) ? Decoration.none : marked.map(transaction.changes);
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.contentAttributes.from(field, (marked) => (marked.size ? { "aria-invalid": "true" } : {})),
  ],
});

// Marks a problem, or with null nothing; the caret goes to where it is.
export function mark(view, problem) {
  const effects = [setProblem.of(problem)];
  if (!problem) {
    view.dispatch({ effects });
    return;
  }
  const { from } = placeOf(view.state.doc, problem);
  view.dispatch({ effects: [...effects, EditorView.scrollIntoView(from, { y: "center" })], selection: { anchor: from } });
}
