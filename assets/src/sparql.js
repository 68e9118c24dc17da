// The editor on /sparql, in place of the plain field for a query. The form works without this.
//
// Running asks for the page that the form would lead to, and puts the answer of that page into
// this one: so there is one way to show an answer, with and without script.
import { openEditor } from "./sparql/editor.js";
import { openExamples } from "./sparql/examples.js";
import { watchAnswers } from "./sparql/running.js";

const form = document.getElementById("sparql");

function said() {
  const status = document.createElement("p");
  status.id = "status";
  status.className = "sparql-status";
  status.setAttribute("role", "status");
  form.after(status);
  // What the page shows as well is said to those who hear it, and not written twice.
  return (text, { more = [], isShown = false } = {}) => {
    status.classList.toggle("sparql-heard", isShown);
    status.replaceChildren(text, ...more);
  };
}

function enhance() {
  const say = said();
  const editor = openEditor(form, () => form.requestSubmit());
  watchAnswers(form, editor, say);
  openExamples(document.getElementById("sparql-examples"), editor, say);
}

if (form) enhance();
