// Suggestions while typing, in each search form that says where the site is: data-suggest.
//
// The form works without this. Submitting it searches for what was typed; choosing a suggestion
// goes to the thing, or searches for its words where it is no one thing.
import accessibleAutocomplete from "accessible-autocomplete/src/wrapper.js";

const WAIT = 150; // milliseconds since the last key
const LEAST = 2; // characters
const MOST = 200;
const MISTAKEN = "misconception";
const HINT = "When there are suggestions, use the up and down arrows to review them and Enter to choose.";

// Asks the site once typing pauses. Only the last question is answered, and only while it is read.
function asker(root, isRead) {
  let waiting;
  let asking;
  const cancel = () => {
    clearTimeout(waiting);
    asking?.abort();
  };
  const ask = async (typed, show) => {
    asking = new AbortController();
    try {
      const address = `${root}/api/v1/suggest?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: asking.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (isRead()) show(found);
    } catch (error) {
      if (error.name !== "AbortError") show([]);
    }
  };
  const source = (typed, show) => {
    cancel();
    const words = typed.trim();
    if (!isRead() || words.length < LEAST || words.length > MOST) show([]);
    else waiting = setTimeout(ask, WAIT, words, show);
  };
  return { source, cancel };
}

function inWords(suggestion) {
  return suggestion?.text ?? "";
}

// What is wrong says so before it is read; anything else says what it is at its end.
function asHtml({ text, kind, url }) {
  const shown = document.createElement("span");
  const what = document.createElement("span");
  what.className = "suggest__kind";
  what.textContent = kind === MISTAKEN ? "Often got wrong: " : ` (${kind})`;
  if (!url) shown.append(text);
  else if (kind === MISTAKEN) shown.append(what, text);
  else shown.append(text, what);
  return shown.outerHTML;
}

function suggestions(count) {
  return count === 1 ? "1 suggestion" : `${count} suggestions`;
}

// What the library gets wrong with the keys: Enter in the box is to search for what was typed,
// and Escape in the list is to lead back to the box.
function mendKeys(place, input, cancel) {
  const listen = (event) => {
    if (event.key === "Enter" && event.target === input) event.stopPropagation();
    if (event.key !== "Escape") return;
    cancel();
    if (event.target !== input) input.focus();
  };
  place.addEventListener("keydown", listen, { capture: true });
}

function keepState(input, plain, wasFocused) {
  if (plain.maxLength > 0) input.maxLength = plain.maxLength;
  input.enterKeyHint = "search";
  input.spellcheck = false;
  input.value = plain.value; // the library sees this within a tenth of a second
  if (!wasFocused) return;
  input.focus();
  setTimeout(() => input.setSelectionRange(input.value.length, input.value.length));
}

function enhance(form) {
  const plain = form.elements.q;
  const root = form.dataset.suggest;
  const wasFocused = document.activeElement === plain;
  const said = document.getElementById(plain.getAttribute("aria-describedby"))?.textContent;
  const place = document.createElement("div");
  place.className = "suggest";
  const isRead = () => document.activeElement === place.querySelector("input");
  const { source, cancel } = asker(root, isRead);
  plain.replaceWith(place);
  accessibleAutocomplete({
    element: place,
    id: plain.id,
    name: plain.name,
    source,
    minLength: LEAST,
    displayMenu: "overlay",
    confirmOnBlur: false,
    showNoOptionsFound: false,
    templates: { inputValue: inWords, suggestion: asHtml },
    onConfirm: (chosen) => {
      if (!chosen) return;
      if (chosen.url) {
        window.location.assign(root + chosen.url);
        return;
      }
      input.value = chosen.text;
      form.requestSubmit();
    },
    tAssistiveHint: () => [said, HINT].filter(Boolean).join(". "),
    tStatusQueryTooShort: () => "",
    tStatusNoResults: () => "No suggestions",
    tStatusResults: (count, chosen) => `${suggestions(count)}. ${chosen}`,
    tStatusSelectedOption: (text, count, index) => `${index + 1} of ${count}.`,
  });
  const input = place.querySelector("input");
  mendKeys(place, input, cancel);
  keepState(input, plain, wasFocused);
}

document.querySelectorAll("form[data-suggest]").forEach(enhance);
