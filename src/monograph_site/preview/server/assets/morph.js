// Bring a document to the state of another one by changing as little as possible: nodes that stay are never moved, so
// scrolling, focus, selections, open details and what was typed stay as they are.

// Attributes that readers change, not authors.
const READERS = new Set(["DETAILS open"]);
const LARGEST = 1e6;

// By what nodes of the two documents belong together, the surest first; '' belongs to nothing.
const SIGNS = [
  text,
  (node) => key(node) && `${node.nodeName} ${key(node)}`,
  (node) => `${node.nodeName} ${node.id || ""}`,
];

/** Whether it could be done; where not, the page has to be loaded anew: other scripts, or another policy. */
export function morph(live, fresh) {
  const page = live.documentElement, wanted = fresh.documentElement;
  if ((page.dataset.preview === undefined) !== (wanted.dataset.preview === undefined)) return false;
  if (needs(live) !== needs(fresh) || fresh.querySelector("meta[http-equiv=refresh i]")) return false;
  attributes(page, wanted);
  merge(live.head, fresh.head);
  merge(live.body, fresh.body);
  return true;
}

function needs(from) {
  const scripts = [...from.querySelectorAll("script:not([type='application/ld+json'])")];
  const policy = from.querySelector("meta[http-equiv=Content-Security-Policy i]");
  return JSON.stringify([policy && policy.content, scripts.map((one) => one.getAttribute("src") || one.textContent)]);
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
  for (const { name, value } of fresh.attributes) {
    if (live.getAttribute(name) !== value && !READERS.has(`${live.nodeName} ${name}`)) live.setAttribute(name, value);
  }
  for (const { name } of [...live.attributes]) {
    if (!fresh.hasAttribute(name) && !READERS.has(`${live.nodeName} ${name}`)) live.removeAttribute(name);
  }
}

// The old styles go when the new ones are there, so that the page is never seen without any.
function swap(live, fresh) {
  const next = document.importNode(fresh, true);
  next.addEventListener("load", () => live.remove());
  next.addEventListener("error", () => live.remove());
  live.after(next);
}

/** Make a run of children (those of `live`, standing before `end`) what `fresh` says, matching by SIGNS[level] on. */
function children(parent, live, fresh, end, level) {
  if (level === SIGNS.length || !live.length || !fresh.length) {
    for (const one of live) one.remove();
    for (const one of fresh) parent.insertBefore(document.importNode(one, true), end);
    return;
  }
  let a = 0, b = 0;
  const found = matches(live.map(SIGNS[level]), fresh.map(SIGNS[level]));
  for (const [x, y] of [...found, [live.length, fresh.length]]) {
    children(parent, live.slice(a, x), fresh.slice(b, y), live[x] || end, level + 1);
    if (x < live.length && level) merge(live[x], fresh[y]);
    [a, b] = [x + 1, y + 1];
  }
}

/** The longest common subsequence of two lists of signs, as pairs of positions. */
function matches(live, fresh) {
  const same = (x, y) => live[x] !== "" && live[x] === fresh[y];
  const start = [], end = [];
  let from = 0, x = live.length, y = fresh.length;
  while (from < Math.min(x, y) && same(from, from)) start.push([from, from++]);
  while (Math.min(x, y) > from && same(x - 1, y - 1)) end.unshift([--x, --y]);
  return [...start, ...between(same, from, x, y), ...end];
}

function between(same, from, rows, columns) {
  const found = [], wide = columns - from + 1;
  if ((rows - from) * (columns - from) > LARGEST) { // too long a list to compare all with all
    for (let at = from; at < Math.min(rows, columns); at++) if (same(at, at)) found.push([at, at]);
    return found;
  }
  const length = new Uint16Array((rows - from + 1) * wide);
  const at = (x, y) => (x - from) * wide + y - from;
  for (let x = rows - 1; x >= from; x--) {
    for (let y = columns - 1; y >= from; y--) {
      length[at(x, y)] = same(x, y) ? length[at(x + 1, y + 1)] + 1 : Math.max(length[at(x + 1, y)], length[at(x, y + 1)]);
    }
  }
  for (let x = from, y = from; x < rows && y < columns; ) {
    if (same(x, y)) found.push([x++, y++]);
    else if (length[at(x + 1, y)] >= length[at(x, y + 1)]) x++;
    else y++;
  }
  return found;
}

const isStyle = (node) => node.nodeName === "LINK" && node.rel === "stylesheet";

/** A node as text, for telling whether two are the same; what readers change does not count. */
function text(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return `${node.nodeType}${node.nodeValue}`;
  return node.outerHTML.replaceAll(/(<details[^>]*?) open(?:="")?/g, "$1");
}

/** The first anchor in a node: a section is known by its heading's, whatever its text becomes. */
function key(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  return node.id || (node.querySelector("[id]") || node).id;
}
