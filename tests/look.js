// What tests/looking.py asks of a page in a browser. Nothing here is served.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });

  // A path to an element that a person can find it by.
  const named = (element) => {
    const id = element.id ? `#${element.id}` : "";
    const classes = element.getAttribute("class")?.trim().split(/\s+/).join(".") ?? "";
    const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    return `${element.localName}${id}${classes && `.${classes}`} «${words}»`;
  };

  // Takes out what repeats: a row, an entry, a paragraph … of which every element was there twice before,
  // in the same place: under the same elements, with the same classes and attributes. What something
  // that stays refers to is hidden instead, with nothing else left in it.
  const units = "li, tr, p, section, article, details, figure, dl > div, [class$=__item], svg g, svg a, svg text, svg rect, svg path";
  const leaveOutRepeats = (times = 2) => {
    const kinds = new Map();
    const seen = new Map();
    const repeats = [];
    const kindOf = (element) => {
      const attributes = [...element.attributes].map(({ name, value }) => (/^(class|role|type|scope)$/.test(name) ? `${name}=${value}` : name));
      return `${kinds.get(element.parentElement) ?? ""}>${element.localName}[${attributes.filter((name) => name !== "id").sort()}]`;
    };
    for (const element of all("body *")) kinds.set(element, kindOf(element));
    const often = (element) => (seen.get(kinds.get(element)) ?? 0) >= times;
    const visit = (element) => {
      if (element.matches(units) && often(element) && all("*", element).every(often)) {
        repeats.push(element);
        return;
      }
      const kind = kinds.get(element);
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      [...element.children].forEach(visit);
    };
    visit(document.body);
    repeats.forEach((element) => element.setAttribute("hidden", ""));
    const named = new Set(all("[for], [headers], [aria-labelledby], [aria-describedby], [aria-controls], [href^='#']")
      .filter((element) => !element.closest("[hidden]"))
      .flatMap((element) => ["for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "href"]
        .flatMap((name) => (element.getAttribute(name) ?? "").replace(/^#/, "").split(" "))));
    named.delete("");
    const stub = (element) => Object.assign(element.cloneNode(), { textContent: element.textContent });
    for (const element of repeats) {
      const needed = all("[id]", element).filter(({ id }) => named.has(id)).map(stub);
      if (named.has(element.id)) continue;
      if (needed.length) element.replaceChildren(...needed);
      else element.remove();
    }
  };

  const open = () => all("details").forEach((details) => (details.open = true));

  // What is wider than the screen, though the page as a whole may not scroll.
  const scrolls = () => {
    const width = document.scrollingElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= width) return [];
    return all("body *").filter((e) => shown(e) && e.getBoundingClientRect().right > width + 1).slice(0, 8).map(named);
  };

  // Text that its own box cuts off: hidden overflow, and more in it than is to be seen.
  const cut = () =>
    all("main *, header *, footer *").filter((element) => {
      const style = getComputedStyle(element);
      const hides = ["hidden", "clip"];
      if (!hides.includes(style.overflowX) && !hides.includes(style.overflowY)) return false;
      if (style.clipPath !== "none" || style.clip !== "auto" || !shown(element)) return false;
      if (element.closest("svg") || element.matches("input, select")) return false;
      const x = hides.includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const y = hides.includes(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
      return x || y;
    }).map(named);

  // The spacing that a reader may set (WCAG 1.4.12), on every element.
  const spread = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }" +
      "p { margin-bottom: 2em !important; }",
    );
    document.adoptedStyleSheets.push(sheet);
  };
  const unspread = () => (document.adoptedStyleSheets = []);

  const said = (element, attribute) =>
    (element.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean).map((id) => document.getElementById(id));

  // Pictures without a title and a description, or with no table beside them, and no link to
  // one, that says the same.
  const pictures = () =>
    all("svg").filter((svg) => {
      if (svg.closest("[aria-hidden=true]") || svg.parentElement.closest("svg")) return false;
      const images = svg.matches("[role=img]") ? [svg] : all("[role=img]", svg);
      const told = images.every((image) => {
        const names = [...said(image, "aria-labelledby"), ...said(image, "aria-describedby")];
        return ["title", "desc"].every((name) => names.some((e) => e?.localName === name && e.textContent.trim()));
      });
      const twin = svg.closest("figure, dd")?.querySelector("table, a[href$='#where']");
      return !images.length || !told || !twin;
    }).map(named);

  const focusable =
    'a[href], button:not([disabled]), input:not([type=hidden], [disabled]), select, textarea, summary, [tabindex="0"]';

  // How an element looks with and without the focus: what tells a reader where they are.
  const look = (element) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor } = getComputedStyle(element);
    const outline = outlineStyle === "none" || outlineWidth === "0px" ? "" : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
    return [outline, boxShadow, backgroundColor, borderColor].join("|");
  };

  // What is wrong with where the focus is now: not to be seen, under something else, or unmarked.
  const focus = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 8), 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const faults = [];
    if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) faults.push("is off the screen");
    else if (top && !element.contains(top) && !top.contains(element) && !top.closest("label")) faults.push(`is under ${named(top)}`);
    const focused = [element, ...(element.labels ?? [])].map(look);
    const marks = [element, ...(element.labels ?? [])].flatMap((e) => [getComputedStyle(e, "::before").boxShadow]);
    const scroll = [scrollX, scrollY];
    element.blur();
    const plain = [element, ...(element.labels ?? [])].map(look);
    const unmarked = [element, ...(element.labels ?? [])].flatMap((e) => [getComputedStyle(e, "::before").boxShadow]);
    element.focus({ preventScroll: true, focusVisible: true });
    scrollTo(...scroll);
    if (String(focused) === String(plain) && String(marks) === String(unmarked)) faults.push("does not show that it has the focus");
    return faults.map((fault) => `${named(element)} ${fault}`);
  };

  globalThis.looked = { leaveOutRepeats, open, scrolls, cut, spread, unspread, pictures, focus, focusable };
})();
