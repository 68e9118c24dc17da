// Runs a query without leaving the page: the answer is that of the page the form leads to.
import { write } from "./editor.js";
import { mark } from "./problem.js";

const LONGEST_ADDRESS = 6000; // as the site has it: more than that is sent as a form
const PAGE = { Accept: "text/html" };

function addressOf(form) {
  return `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
}

async function fetchPage(address, form, signal) {
  const isLong = form && address.length > LONGEST_ADDRESS;
  const sent = isLong ? { method: "POST", body: new URLSearchParams(new FormData(form)) } : {};
  const answer = await fetch(isLong ? form.action : address, { headers: PAGE, signal, ...sent });
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!page.getElementById("sparql-answer")) throw new Error(`The site answered ${answer.status}, and no page.`);
  return { page, isLong };
}

function take(page, id) {
  const here = document.getElementById(id);
  const there = document.importNode(page.getElementById(id), true);
  here.replaceWith(there);
  return there;
}

function problemOf(place) {
  const said = [...place.querySelectorAll("strong, code")].map((one) => one.textContent.trim());
  if (!said.length) return null;
  const { line, column } = place.dataset;
  const where = line ? { line: Number(line), column: Number(column) } : null;
  return { title: said[0], said: said.slice(1).join(" "), where };
}

function inWords(problem) {
  const { line, column } = problem.where ?? {};
  const place = line ? `Line ${line}, column ${column}: ` : "";
  // The engine says the place again, in front of what it expected.
  return place + problem.said.replace(/^error at \d+:\d+ \(.*?\): /s, "");
}

export function watchAnswers(form, view, say) {
  let running;
  let answered;
  let shownAt = location.pathname + location.search;
  const stale = document.createElement("p");
  stale.className = "quiet sparql-stale";
  stale.textContent = "The answer below is to the query as it was before it was changed.";
  stale.hidden = true;

  const hasAnswer = () => Boolean(document.getElementById("sparql-title"));
  const noteChange = () => {
    stale.hidden = !hasAnswer() || form.elements.query.value === answered;
  };
  const settle = () => {
    const copy = document.querySelector("[data-copy]");
    if (copy && navigator.clipboard) copy.hidden = false;
    answered = form.elements.query.value;
    const problem = problemOf(document.getElementById("sparql-problem"));
    mark(view, problem?.where ? { ...problem.where, said: inWords(problem) } : null);
    noteChange();
    return problem;
  };

  const show = (page) => {
    document.title = page.title;
    take(page, "sparql-problem").querySelector("[role=alert]")?.removeAttribute("role");
    take(page, "sparql-answer");
    const problem = settle();
    const title = document.getElementById("sparql-title");
    if (problem) say(`${problem.title}. ${inWords(problem)}`, { isShown: true });
    else say(title ? `${title.textContent}.` : "", { isShown: true });
    title?.scrollIntoView({ block: "nearest" });
  };

  const open = async (address, { keep, from }) => {
    running?.abort();
    const mine = (running = new AbortController());
    say("Running…");
    try {
      const { page, isLong } = await fetchPage(address, from, mine.signal);
      if (mine !== running) return;
      if (keep && !isLong && address !== shownAt) history.pushState(null, "", address);
      shownAt = isLong ? shownAt : address;
      if (!keep) write(view, page.getElementById("query").value);
      show(page);
    } catch (error) {
      if (error.name === "AbortError") return;
      const why = error instanceof TypeError ? "The site could not be reached." : error.message;
      say(`The query has no answer. ${why} What you wrote is still here.`);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    open(addressOf(form), { keep: true, from: form });
  });
  form.elements.query.addEventListener("input", noteChange);
  addEventListener("popstate", () => {
    const address = location.pathname + location.search;
    if (address !== shownAt) open(address, { keep: false });
  });
  document.addEventListener("click", async ({ target }) => {
    const id = target.dataset?.copy;
    if (!id) return;
    await navigator.clipboard.writeText(document.getElementById(id).href);
    target.textContent = "Copied";
  });
  // Where there is an editor, what is wrong stands below it, and not far from it at the top.
  form.nextElementSibling.after(document.getElementById("sparql-problem"), stale);
  settle();
}
