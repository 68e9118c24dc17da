// What is offered while a query is written: the words and prefixes that the site says there are, the
// variables of the query, and the words of SPARQL. A prefix that is used is declared at once.
import { pickedCompletion } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import { EditorView } from "@codemirror/view";

const SPARQL = (
  "ASK BASE BIND CONSTRUCT COUNT DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH HAVING LIMIT MINUS NAMED NOT" +
  " OFFSET OPTIONAL PREFIX SAMPLE SELECT UNION VALUES WHERE GROUP_CONCAT BOUND CONCAT COALESCE CONTAINS" +
  " DATATYPE LANG LANGMATCHES LCASE REGEX REPLACE STRAFTER STRBEFORE STRSTARTS UCASE YEAR"
).split(" ");
const PHRASES = ["GROUP BY", "ORDER BY"];
const DECLARED = /^[ \t]*PREFIX[ \t]+([\w-]*):[^\n]*$/gim;
const DECLARING = /\bPREFIX\s+[\w-]*:?$/i;
const WORD = /[A-Za-z][\w-]*(?::[\w.-]*)?/;
const VARIABLE = /[?$]\w*/;
const KINDS = { class: 2, property: 2, concept: 1, scheme: 0 };

async function read(address) {
  try {
    const answer = await fetch(address);
    if (answer.ok) return await answer.json();
  } catch {
    // Nothing is offered: a query can be written without.
  }
  return { prefixes: {}, terms: [] };
}

function isText(state, at) {
  const inside = syntaxTree(state).resolveInner(at, -1).name;
  return /comment|string/.test(inside);
}

// Where the declaration of a prefix goes, and its text; nothing if it is declared or not ours.
function declaration(doc, prefixes, prefix) {
  const text = doc.toString();
  const declared = [...text.matchAll(DECLARED)];
  if (!Object.hasOwn(prefixes, prefix) || declared.some((one) => one[1] === prefix)) return null;
  const last = declared.at(-1);
  const line = `PREFIX ${prefix}: <${prefixes[prefix]}>`;
  if (!last) return { from: 0, insert: `${line}\n` };
  return { from: last.index + last[0].length, insert: `\n${line}` };
}

// Writes in a query, and declares what that needs above it, in one step.
function writing(view, { from, to, insert, prefix }, prefixes, more) {
  const added = prefix && declaration(view.state.doc, prefixes, prefix);
  const earlier = added && added.from <= from;
  view.dispatch({
    changes: [{ from, to, insert }, ...(earlier ? [added] : [])],
    selection: { anchor: from + insert.length + (earlier ? added.insert.length : 0) },
    scrollIntoView: true,
    ...more,
  });
}

function termOptions({ prefixes, terms }) {
  return terms.map(({ name, kind, label, meaning }) => ({
    label: name,
    detail: label,
    info: meaning ? `${meaning} (${kind})` : kind,
    boost: KINDS[kind],
    apply: (view, chosen, from, to) =>
      writing(view, { from, to, insert: name, prefix: name.split(":")[0] }, prefixes, {
        userEvent: "input.complete",
        annotations: pickedCompletion.of(chosen),
      }),
  }));
}

function prefixOptions(prefixes) {
  return Object.entries(prefixes).map(([prefix, start]) => ({
    label: `${prefix}:`,
    detail: start,
    apply: `${prefix}: <${start}>`,
  }));
}

function variablesOf(doc, but) {
  const found = new Set(doc.toString().match(/[?$]\w+/g) ?? []);
  found.delete(but);
  return [...found].sort().map((label) => ({ label }));
}

export function openWords(address) {
  let words;
  const asked = read(address).then((known) => {
    const keywords = [...SPARQL, ...PHRASES].map((label) => ({ label, boost: 3 }));
    words = { prefixes: known.prefixes, options: [...keywords, ...termOptions(known)], declared: prefixOptions(known.prefixes) };
    return words;
  });

  async function complete(context) {
    if (isText(context.state, context.pos)) return null;
    const variable = context.matchBefore(VARIABLE);
    if (variable) {
      return { from: variable.from, options: variablesOf(context.state.doc, variable.text), validFor: /^[?$]\w*$/ };
    }
    const word = context.matchBefore(WORD);
    const declares = context.matchBefore(DECLARING);
    const { options, declared } = await asked;
    if (declares) return { from: word && !/^prefix$/i.test(word.text) ? word.from : context.pos, options: declared };
    if (!context.explicit && (!word || word.text.length < 2)) return null;
    return { from: word?.from ?? context.pos, options, validFor: /^[\w:.-]*$/ };
  }

  // A colon behind a prefix of ours declares it.
  const declaring = EditorView.inputHandler.of((view, from, to, text) => {
    if (text !== ":" || from !== to || !words || isText(view.state, from)) return false;
    const line = view.state.doc.lineAt(from);
    const before = line.text.slice(0, from - line.from);
    const prefix = /(?:^|[^\w:<?$/-])([a-z][\w-]*)$/i.exec(before)?.[1];
    if (!prefix || DECLARING.test(before) || !declaration(view.state.doc, words.prefixes, prefix)) return false;
    writing(view, { from, to, insert: text, prefix }, words.prefixes, { userEvent: "input.type" });
    return true;
  });

  return { complete, declaring };
}
