// What GOV.UK Frontend's components need a script for. Each works without.
import { createAll, ErrorSummary, NotificationBanner, Radios, Checkboxes, ServiceNavigation, SkipLink, Tabs } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [ErrorSummary, NotificationBanner, Radios, Checkboxes, ServiceNavigation, SkipLink, Tabs]) {
  createAll(component);
}

// Copies a text that a button names, and says so: data-copy="id of the text".
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = document.getElementById(button.getAttribute("aria-describedby"));
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      said.textContent = button.dataset.copied;
    } catch {
      getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
      said.textContent = button.dataset.selected;
    }
  });
}

// Prints the page: a button that stands there only where it can work.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
