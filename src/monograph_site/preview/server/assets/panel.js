// What the preview lays over a page: a bar at its foot, and a panel with what keeps the page from being drawn.
// All of it stands in one shadow tree, so the theme and the preview can't disturb each other. Texts are only ever text.

const HIDDEN = "monograph-preview-bar";

function h(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== undefined && value !== "") made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside.flat().filter((one) => one !== "" && one !== null && one !== undefined && one !== false));
  return made;
}

const link = (address, label, attributes = {}) => (address ? h("a", { href: address, ...attributes }, label) : label);
const count = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;

function excerpt(one) {
  if (!one.excerpt) return "";
  const until = one.caret + one.length;
  const marked = h("mark", {}, one.excerpt.slice(one.caret, until) || " ");
  const caret = h("span", { class: "caret", "aria-hidden": "true" }, `${" ".repeat(one.caret + String(one.line).length + 3)}${"^".repeat(one.length)}`);
  return h("pre", { tabindex: "0", role: "group", "aria-label": `Line of ${one.place}` },
    h("span", { class: "line" }, `${one.line} │ `),
    h("code", {}, one.excerpt.slice(0, one.caret), marked, one.excerpt.slice(until)), "\n", caret);
}

function finding(one) {
  return h("li", { class: `finding ${one.severity}` },
    h("p", { class: "what" }, h("span", { class: "badge" }, one.severity), " ", h("strong", {}, one.message)),
    one.hint && h("p", { class: "hint" }, one.hint),
    excerpt(one),
    h("p", { class: "place" }, link(one.editor, one.place), ` ${one.code} ${one.name}`));
}

function headingOf(id) {
  const found = document.getElementById(id);
  return found ? found.textContent.trim() : id;
}

export function panel(root) {
  const host = h("monograph-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const status = h("p", { class: "hide", role: "status" });
  const over = h("div");
  const foot = h("div");
  shadow.append(h("link", { rel: "stylesheet", href: `${root}panel.css` }), status, over, foot);
  document.documentElement.append(host);

  const room = new CSSStyleSheet(); // the foot of the page must not lie under the bar for ever
  room.replaceSync("@media screen { html { scroll-padding-bottom: 4rem } body { padding-bottom: 3rem } }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, room];

  let notes = null;
  let online = true;
  let dismissed = "";
  let opened = false;

  const faults = () => JSON.stringify([notes.blocking, notes.fault]);
  const isFaulty = () => notes && (notes.blocking.length > 0 || notes.fault !== "");

  function dismiss() {
    dismissed = faults();
    draw();
  }

  function recall() {
    dismissed = "";
    draw();
    over.querySelector("button").focus();
  }

  function overlay() {
    if (!isFaulty() || dismissed === faults()) return null;
    const name = notes.source && notes.blocking.some((one) => one.path === notes.source) ? notes.source : "The theme";
    const still = notes.shown ? "You are looking at the last good version of this page." : "There is no page yet.";
    return h("section", { class: "overlay", role: "dialog", "aria-labelledby": "title", "aria-describedby": "still" },
      h("div", { class: "top" },
        h("h2", { id: "title" }, `${name} has ${count(notes.blocking.length || 1, "fault")}`),
        h("button", { type: "button", class: "close", onclick: dismiss, "aria-label": "Hide the faults" }, "Hide")),
      h("p", { id: "still" }, `${still} It is shown anew as soon as the fault is mended.`),
      !notes.blocking.length && h("p", { class: "problem" }, notes.fault),
      h("ul", { class: "findings" }, notes.blocking.map(finding)));
  }

  function facts() {
    const errors = notes.findings.filter((one) => one.severity === "error").length;
    const found = count(notes.findings.length, "finding");
    return [
      ...notes.facts.map((one) => h("span", { class: "fact" }, one)),
      isFaulty() && h("span", { class: "fact bad" }, "not updated"),
      notes.source && h("span", { class: errors ? "fact bad" : "fact" }, found),
    ];
  }

  function why() {
    if (!notes.shown) return "There is no page.";
    if (!notes.why.length) return "It was asked for, for the first time since the preview was started.";
    return `Changed since it was last drawn: ${notes.why.join(", ")}.`;
  }

  function details() {
    const sections = notes.sections.map((one) => h("li", {}, h("a", { href: `#${one.id}` }, headingOf(one.id)), " ",
      link(one.editor, `line ${one.line}`, { "aria-label": `Open line ${one.line} in the editor` })));
    return h("div", { class: "details" },
      sections.length > 0 && h("section", {}, h("h3", {}, "Sections and questions"), h("ol", { class: "lines" }, sections)),
      h("section", {},
        h("h3", {}, "Findings of this page"),
        notes.findings.length ? h("ul", { class: "findings" }, notes.findings.map(finding)) : h("p", {}, "None."),
        h("h3", {}, "Why this page was drawn"),
        h("p", {}, why()),
        notes.loaded < notes.files && h("p", {}, `Still reading: ${notes.loaded} of ${count(notes.files, "file")}.`)));
  }

  function bar() {
    const hidden = sessionStorage.getItem(HIDDEN) === "1";
    const toggle = (to) => () => {
      sessionStorage.setItem(HIDDEN, to);
      draw();
      foot.querySelector("button").focus();
    };
    const dot = h("span", { class: online ? "dot on" : "dot" }, h("span", { class: "hide" }, online ? "Live. " : ""));
    if (hidden) {
      return h("aside", { class: "bar small", "aria-label": "Preview" },
        h("button", { type: "button", onclick: toggle("0"), "aria-label": "Show the preview bar" }, dot, "Preview"));
    }
    const flip = () => {
      opened = !opened;
      draw();
      foot.querySelector(".toggle").focus();
    };
    return h("aside", { class: opened ? "bar open" : "bar", "aria-label": "Preview" },
      h("div", { class: "row" },
        h("button", { type: "button", class: "toggle", "aria-expanded": String(opened), onclick: flip },
          dot, h("span", { class: "file" }, notes?.source || "Preview"),
          !online && h("span", { class: "fact bad" }, "not connected"), notes ? facts() : ""),
        h("p", { class: "links" },
          isFaulty() && dismissed && h("button", { type: "button", onclick: recall }, "Faults"),
          notes?.editor && h("a", { href: notes.editor }, "Edit"),
          h("a", { href: root.href, class: "all" }, notes ? `${count(notes.site, "finding")} in all` : "All findings"),
          h("button", { type: "button", class: "away", onclick: toggle("1"), "aria-label": "Hide the preview bar" }, "Hide"))),
      opened && notes && details());
  }

  function draw() {
    const focus = shadow.activeElement?.className;
    const top = foot.querySelector(".details")?.scrollTop;
    over.replaceChildren(...[overlay()].filter(Boolean));
    foot.replaceChildren(bar());
    if (top) foot.querySelector(".details").scrollTop = top;
    if (focus) shadow.querySelector(`[class="${focus}"]`)?.focus();
  }

  shadow.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && over.firstChild) dismiss();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && over.firstChild && !event.defaultPrevented) dismiss();
  });
  document.addEventListener("preview:changed", () => notes && draw());
  draw();

  return {
    show(fresh) {
      const was = isFaulty();
      notes = fresh;
      if (isFaulty() !== was) {
        status.textContent = isFaulty() ? "This page can't be drawn anew: a file has faults." : was ? "The fault is mended." : "";
      }
      if (!isFaulty()) dismissed = "";
      draw();
    },
    connected(is) {
      if (is === online) return;
      online = is;
      draw();
    },
  };
}
