// Makes a document equal to another one with as few changes as possible. Nodes that stay are never
// moved, so scrolling, focus, selections, open details and typed text stay as they are.

// Attributes that the reader changes, not the author.
const READER_ATTRIBUTES = new Set(["DETAILS open"]);
const MAX_COMPARISONS = 1e6;

// What tells that nodes of the two documents belong together, the surest first; '' matches nothing.
const KEYS = [
  text,
  (node) => key(node) && `${node.nodeName} ${key(node)}`,
  (node) => `${node.nodeName} ${node.id || ""}`,
];

/** Returns false where the page has to be loaded again, since its scripts or its policy differ. */
export function morph(live, fresh) {
  const page = live.documentElement, wanted = fresh.documentElement;
  if ((page.dataset.preview === undefined) !== (wanted.dataset.preview === undefined)) return false;
  if (fresh.querySelector("meta[http-equiv=refresh i]")) return false;
  if (fixedParts(live) !== fixedParts(fresh)) return false;
  attributes(page, wanted);
  merge(live.head, fresh.head);
  merge(live.body, fresh.body);
  return true;
}

/** The policy and the scripts of a document: they take effect only when a page is loaded. */
function fixedParts(page) {
  const scripts = [...page.querySelectorAll("script:not([type='application/ld+json'])")];
  const policy = page.querySelector("meta[http-equiv=Content-Security-Policy i]");
  const code = scripts.map((script) => script.getAttribute("src") || script.textContent);
  return JSON.stringify([policy && policy.content, code]);
}

function merge(live, fresh) {
  if (live.nodeType !== Node.ELEMENT_NODE) {
    if (live.nodeValue !== fresh.nodeValue) live.nodeValue = fresh.nodeValue;
  } else if (isStyle(live) && live.getAttribute("href") !== fresh.getAttribute("href")) {
    swap(live, fresh);
  } else {
    attributes(live, fresh);
    children(live, [...live.childNodes], [...fresh.childNodes], null, 0);
  }
}

function attributes(live, fresh) {
  const isReaders = (name) => READER_ATTRIBUTES.has(`${live.nodeName} ${name}`);
  for (const { name, value } of fresh.attributes) {
    if (live.getAttribute(name) !== value && !isReaders(name)) live.setAttribute(name, value);
  }
  for (const { name } of [...live.attributes]) {
    if (!fresh.hasAttribute(name) && !isReaders(name)) live.removeAttribute(name);
  }
}

// The old style sheet is removed when the new one has loaded, so the page is never without styles.
function swap(live, fresh) {
  const next = document.importNode(fresh, true);
  next.addEventListener("load", () => live.remove());
  next.addEventListener("error", () => live.remove());
  live.after(next);
}

/** Make a run of children (`live`, which come before `end`) equal to `fresh`, matching them by
 * KEYS[level] and the keys after it. */
function children(parent, live, fresh, end, level) {
  if (level === KEYS.length || !live.length || !fresh.length) {
    for (const node of live) node.remove();
    for (const node of fresh) parent.insertBefore(document.importNode(node, true), end);
    return;
  }
  let a = 0, b = 0;
  const pairs = matches(live.map(KEYS[level]), fresh.map(KEYS[level]));
  for (const [x, y] of [...pairs, [live.length, fresh.length]]) {
    children(parent, live.slice(a, x), fresh.slice(b, y), live[x] || end, level + 1);
    if (x < live.length && level) merge(live[x], fresh[y]);
    [a, b] = [x + 1, y + 1];
  }
}

/** The longest common subsequence of two lists of keys, as pairs of positions. */
function matches(live, fresh) {
  const same = (x, y) => live[x] !== "" && live[x] === fresh[y];
  const start = [], end = [];
  let from = 0, x = live.length, y = fresh.length;
  while (from < Math.min(x, y) && same(from, from)) start.push([from, from++]);
  while (Math.min(x, y) > from && same(x - 1, y - 1)) end.unshift([--x, --y]);
  return [...start, ...between(same, from, x, y), ...end];
}

function between(same, from, rows, columns) {
  const pairs = [], width = columns - from + 1;
  if ((rows - from) * (columns - from) > MAX_COMPARISONS) { // too many to compare all with all
    for (let at = from; at < Math.min(rows, columns); at++) if (same(at, at)) pairs.push([at, at]);
    return pairs;
  }
  const length = new Uint16Array((rows - from + 1) * width);
  const at = (x, y) => (x - from) * width + y - from;
  for (let x = rows - 1; x >= from; x--) {
    for (let y = columns - 1; y >= from; y--) {
      length[at(x, y)] = same(x, y)
        ? length[at(x + 1, y + 1)] + 1
        : Math.max(length[at(x + 1, y)], length[at(x, y + 1)]);
    }
  }
  for (let x = from, y = from; x < rows && y < columns; ) {
    if (same(x, y)) pairs.push([x++, y++]);
    else if (length[at(x + 1, y)] >= length[at(x, y + 1)]) x++;
    else y++;
  }
  return pairs;
}

const isStyle = (node) => node.nodeName === "LINK" && node.rel === "stylesheet";

/** A node as text, to compare nodes. What the reader changes does not count. */
function text(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return `${node.nodeType}${node.nodeValue}`;
  return node.outerHTML.replaceAll(/(<details[^>]*?) open(?:="")?/g, "$1");
}

/** The first anchor in a node: a section keeps that of its heading, however its text changes. */
function key(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  return node.id || (node.querySelector("[id]") || node).id;
}
