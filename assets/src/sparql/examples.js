// The examples beside the editor: found by any of their words, and written into it.
import { write } from "./editor.js";

async function read(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The site answered ${answer.status}.`);
  return (await answer.json()).examples;
}

function made(name, { text, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  if (text) element.append(text);
  element.append(...children);
  return element;
}

function itemOf(example, pick) {
  const button = made("button", { type: "button", className: "sparql-plain", text: example.question });
  const about = made("span", { className: "quiet", text: [example.form.toUpperCase(), ...example.keywords].join(" · ") });
  button.addEventListener("click", () => pick(example));
  const item = made("li", {}, button, about);
  const searched = [example.question, example.topic, example.query, ...example.keywords].join(" ").toLowerCase();
  return { item, searched };
}

// The examples by topic, in the order they come in.
function groups(examples, pick) {
  const found = new Map();
  for (const example of examples) {
    if (!found.has(example.topic)) found.set(example.topic, []);
    found.get(example.topic).push(itemOf(example, pick));
  }
  return [...found].map(([topic, items]) => {
    const list = made("ul", {}, ...items.map(({ item }) => item));
    return { place: made("section", {}, made("h2", { text: topic }), list), items };
  });
}

function finder(listed, total) {
  const input = made("input", { type: "search", id: "find-example", autocomplete: "off" });
  const label = made("label", { htmlFor: input.id, text: "Find an example" });
  const count = made("p", { className: "quiet", text: `${total} examples` });
  count.setAttribute("role", "status");
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { place, items } of listed) {
      for (const { item, searched } of items) {
        item.hidden = !words.every((word) => searched.includes(word));
        shown += !item.hidden;
      }
      place.hidden = items.every(({ item }) => item.hidden);
    }
    count.textContent = shown === 1 ? "1 example" : `${shown} examples`;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  return [label, input, count];
}

export function openExamples(place, view, say) {
  const fold = made("details", { className: "sparql-examples" }, made("summary", { text: "Start from an example" }));
  const pick = (example) => {
    const before = view.state.doc.toString();
    write(view, example.query);
    fold.open = false;
    view.focus();
    const back = made("button", { type: "button", className: "sparql-plain", text: "Put back what was there" });
    back.addEventListener("click", () => {
      write(view, before);
      say("What was there is back.");
      view.focus();
    });
    say("The example is in the editor, and has not run yet. ", { more: before.trim() ? [back] : [] });
  };
  const fill = async () => {
    const listed = groups(await read(place.dataset.source), pick);
    const total = listed.reduce((sum, { items }) => sum + items.length, 0);
    const list = made("div", { className: "sparql-list", tabIndex: 0 }, ...listed.map((one) => one.place));
    list.setAttribute("role", "region");
    list.setAttribute("aria-label", "Examples");
    fold.firstElementChild.after(...finder(listed, total), list);
  };
  let filled;
  fold.addEventListener("toggle", () => {
    filled ??= fill().catch(() => {
      filled = undefined;
      say("The examples could not be read. Their page lists them all.");
    });
  });
  fold.append(...place.childNodes); // the way to their page
  place.append(fold);
}
