// What the preview puts on top of a page: a bar at its foot, and a panel with the errors that keep
// the page from being rendered. Both are in one shadow tree, so the theme and the preview can't
// disturb each other. Text is always inserted as text, never as HTML.

const HIDDEN = "monograph-preview-bar";

/** An element with attributes, listeners (`onclick` and the like) and children; empty ones are left
 * out. */
function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== false && value !== undefined && value !== "") {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  const isEmpty = (child) => child === "" || child === false || child == null;
  element.append(...children.flat().filter((child) => !isEmpty(child)));
  return element;
}

const link = (address, label, attributes = {}) =>
  address ? h("a", { href: address, ...attributes }, label) : label;
const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

function excerpt(finding) {
  const { line, before, marked, after, indent, width } = finding;
  if (!marked) return "";
  const carets = " ".repeat(indent + String(line).length + 3) + "^".repeat(width);
  return h("pre", { tabindex: "0", role: "group", "aria-label": `Line of ${finding.place}` },
    h("span", { class: "line" }, `${line} │ `),
    h("code", {}, before, h("mark", {}, marked), after), "\n",
    h("span", { class: "caret", "aria-hidden": "true" }, carets));
}

function item(finding) {
  return h("li", { class: `finding ${finding.severity}` },
    h("p", { class: "what" },
      h("span", { class: "badge" }, finding.severity), " ", h("strong", {}, finding.message)),
    finding.hint && h("p", { class: "hint" }, finding.hint),
    excerpt(finding),
    h("p", { class: "place" },
      link(finding.editor, finding.place), ` ${finding.code} ${finding.name}`));
}

function headingOf(id) {
  const heading = document.getElementById(id);
  return heading ? heading.textContent.trim() : id;
}

export function panel(root) {
  const host = h("monograph-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const status = h("p", { class: "hide", role: "status" });
  const over = h("div");
  const foot = h("div");
  const styles = h("link", { rel: "stylesheet", href: `${root}panel.css` });
  shadow.append(styles, status, over, foot);
  document.documentElement.append(host);

  const room = new CSSStyleSheet(); // so that the bar never covers the end of the page
  room.replaceSync(
    "@media screen { html { scroll-padding-bottom: 4rem } body { padding-bottom: 3rem } }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, room];

  let info = null;
  let online = true;
  let dismissed = "";
  let opened = false;

  const errors = () => JSON.stringify([info.blocking, info.stopping, info.error]);
  const isOutdated = () => info.blocking.length > 0 || info.error !== "";
  const hasErrors = () => info && (isOutdated() || info.stopping.length > 0);

  function dismiss() {
    dismissed = errors();
    draw();
  }

  function recall() {
    dismissed = "";
    draw();
    over.querySelector("button").focus();
  }

  /** The file with the errors. */
  function culprit() {
    const paths = [...info.blocking, ...info.stopping].map((finding) => finding.path);
    return [info.source, "site.yaml"].find((path) => path && paths.includes(path)) || "The theme";
  }

  function overlay() {
    if (!hasErrors() || dismissed === errors()) return null;
    const number = info.blocking.length + info.stopping.length;
    const title = `${culprit()} has ${count(number || 1, "error")}`;
    const outdated = info.shown
      ? "You are looking at the last good version of this page. It updates once this is fixed."
      : "There is no page yet. It appears once this is fixed.";
    const state = isOutdated()
      ? outdated
      : "The page is up to date, but `build` publishes nothing while there is an error.";
    const labels = { "aria-labelledby": "title", "aria-describedby": "state" };
    const hide = { type: "button", class: "close", "aria-label": "Hide the errors" };
    return h("section", { class: "overlay", role: "dialog", ...labels },
      h("div", { class: "top" }, h("h2", { id: "title" }, title), h("button", { ...hide, onclick: dismiss }, "Hide")),
      h("p", { id: "state" }, state),
      !info.blocking.length && info.error && h("p", { class: "problem" }, info.error),
      h("ul", { class: "findings" }, [...info.blocking, ...info.stopping].map(item)));
  }

  function facts() {
    const isBad = info.findings.some((finding) => finding.severity === "error");
    const findings = count(info.findings.length, "finding");
    return [
      ...info.facts.map((fact) => h("span", { class: "fact" }, fact)),
      isOutdated() && h("span", { class: "fact bad" }, "not updated"),
      info.source && h("span", { class: isBad ? "fact bad" : "fact" }, findings),
    ];
  }

  function why() {
    if (!info.shown) return "There is no page.";
    if (!info.why.length) return "Opened for the first time since the preview was started.";
    return `Changed since it was last rendered: ${info.why.join(", ")}.`;
  }

  function section({ id, line, editor }) {
    const label = { "aria-label": `Open line ${line} in the editor` };
    return h("li", {},
      h("a", { href: `#${id}` }, headingOf(id)), " ", link(editor, `line ${line}`, label));
  }

  function details() {
    const { findings, sections } = info;
    return h("div", { class: "details" },
      sections.length > 0 && h("section", {},
        h("h3", {}, "Sections and questions"), h("ol", { class: "lines" }, sections.map(section))),
      h("section", {},
        h("h3", {}, "Findings on this page"),
        findings.length ? h("ul", { class: "findings" }, findings.map(item)) : h("p", {}, "None."),
        h("h3", {}, "Last update"),
        h("p", {}, why()),
        info.loaded < info.files
          && h("p", {}, `Loading: ${info.loaded} of ${count(info.files, "file")}.`)));
  }

  function bar() {
    const hidden = sessionStorage.getItem(HIDDEN) === "1";
    const toggle = (to) => () => {
      sessionStorage.setItem(HIDDEN, to);
      draw();
      foot.querySelector("button").focus();
    };
    const dot = h("span", { class: online ? "dot on" : "dot" },
      h("span", { class: "hide" }, online ? "Live. " : ""));
    if (hidden) {
      const show = { type: "button", onclick: toggle("0"), "aria-label": "Show the preview bar" };
      return h("aside", { class: "bar small", "aria-label": "Preview" },
        h("button", show, dot, "Preview"));
    }
    const flip = () => {
      opened = !opened;
      draw();
      foot.querySelector(".toggle").focus();
    };
    const open = { type: "button", class: "toggle", "aria-expanded": String(opened) };
    const hide = { type: "button", class: "away", "aria-label": "Hide the preview bar" };
    const total = info?.site?.toLocaleString("en"); // unknown until all files have been compared
    const all = total ? `All findings (${total})` : "All findings";
    return h("aside", { class: opened ? "bar open" : "bar", "aria-label": "Preview" },
      h("div", { class: "row" },
        h("button", { ...open, onclick: flip },
          dot, h("span", { class: "file" }, info?.source || "Preview"),
          !online && h("span", { class: "fact bad" }, "not connected"), info ? facts() : ""),
        h("p", { class: "links" },
          hasErrors() && dismissed && h("button", { type: "button", onclick: recall }, "Errors"),
          info?.editor && h("a", { href: info.editor }, "Edit"),
          h("a", { href: root.href, class: "all" }, all),
          h("button", { ...hide, onclick: toggle("1") }, "Hide"))),
      opened && info && details());
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
  document.addEventListener("preview:changed", () => info && draw());
  draw();

  return {
    show(fresh) {
      const had = hasErrors();
      info = fresh;
      if (hasErrors()) {
        if (!had) status.textContent = "This page can't be updated: there are errors.";
      } else if (had) {
        status.textContent = "The errors are fixed.";
      }
      if (!hasErrors()) dismissed = "";
      draw();
    },
    connected(is) {
      if (is === online) return;
      online = is;
      draw();
    },
  };
}
