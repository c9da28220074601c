// The search in the texts, below the names that the search page finds: Pagefind's index of the pages, in shards that are
// searched together. A result is a page with the sections in which the words are.
(() => {
  "use strict";
  const PAGES_AT_A_TIME = 10;
  const MAX_SECTIONS = 3;
  const EXCERPT_WORDS = 24;
  const MIN_LETTERS = 3;
  const PAUSE = 200; // milliseconds without a keystroke before the texts are searched
  const FILTERS = ["kind", "class", "condition", "review"];
  // Words of a question that say nothing of what is asked for: Pagefind wants every word on the page.
  const EMPTY_WORDS = new Set([
    "a", "an", "and", "are", "at", "be", "by", "can", "do", "does", "for", "from", "have", "how", "i", "if", "in",
    "is", "it", "may", "me", "my", "of", "on", "or", "should", "the", "to", "was", "what", "when", "which", "while",
    "who", "why", "will", "with", "you", "your", "al", "como", "con", "cual", "de", "del", "el", "en", "es", "la",
    "las", "los", "mi", "para", "por", "puedo", "que", "se", "si", "su", "tomar", "un", "una", "y",
  ]);

  const section = document.getElementById("text-search");
  if (!section) return;
  const form = document.querySelector("form.search-big");
  const input = form.elements.q;
  const list = section.querySelector("ol");
  const status = section.querySelector("[role=status]");
  const row = section.querySelector(".filters");
  const base = form.dataset.base.replace(/\/$/, "");
  const catalogue = JSON.parse(section.dataset.words || "{}");
  const say = (text, values) => (catalogue[text] || text).replace(/\{(\w+)\}/g, (whole, name) => values[name]);
  const LABELS = { kind: say("Kind of page"), class: say("Class of medicine"), condition: say("Condition"), review: say("State of review") };
  const VALUES = {
    drug: say("Medicine"), combination: say("Combination"), brand: say("Brand"), article: say("Article"),
    approved: say("Approved"), draft: say("Draft"), submitted: say("Submitted for review"), in_review: say("In review"),
    retired: say("Retired"), stated: say("Reviewed"), not_stated: say("Not stated"),
  };
  const folder = new URL("text/", form.action);
  const { readScript, INDEX } = globalThis.monographSearch;
  let engine;
  let turn = 0;

  // What Pagefind fetches, where pages are files: a script with the bytes of the file in base64.
  globalThis.monographFetch = async (address) => {
    const path = address.split("?")[0];
    const name = path.slice(path.indexOf(folder.pathname) + folder.pathname.length);
    const bytes = Uint8Array.from(atob(await readScript(`${folder}${name}.js`, name)), (char) => char.charCodeAt(0));
    return { arrayBuffer: async () => bytes.buffer, json: async () => JSON.parse(new TextDecoder().decode(bytes)) };
  };

  // Pagefind with all shards of the index, fetched when the first words are searched for.
  function load() {
    engine ||= (async () => {
      const pagefind = await (INDEX ? readScript(`${folder}pagefind.js`, "pagefind") : import(`${folder}pagefind.js`));
      await pagefind.options({ noWorker: Boolean(INDEX), basePath: folder.pathname, baseUrl: "/", excerptLength: EXCERPT_WORDS });
      await pagefind.init();
      const shards = Array.from({ length: Number(section.dataset.shards) - 1 }, (_, at) => `${folder.pathname}${at + 1}/`);
      await Promise.all(shards.map((shard) => pagefind.mergeIndex(shard, { baseUrl: "/", excerptLength: EXCERPT_WORDS })));
      await pagefind.filters();
      return pagefind;
    })();
    engine.catch(() => (engine = undefined));
    return engine;
  }

  // The pages with all words of a query that mean something, best first; and how many have each value of a filter.
  async function find(query, filters = {}) {
    const words = query.split(/\s+/).filter((word) => !EMPTY_WORDS.has(word.toLowerCase()));
    const pagefind = await load();
    const search = (some) => pagefind.search(some.join(" "), { filters });
    const found = await search(words.length ? words : [query]);
    if (found.results.length || words.length < 3) return found;
    // no page has all words: those with all but one
    const parts = await Promise.all(words.map((_, at) => search(words.filter((_, each) => each !== at))));
    const best = new Map();
    for (const result of parts.flatMap((part) => part.results)) {
      if (!(best.get(result.id)?.score >= result.score)) best.set(result.id, result);
    }
    const results = [...best.values()].sort((a, b) => b.score - a.score);
    return { ...(parts.find((part) => part.results.length) || found), results, isPartial: results.length > 0 };
  }

  const weight = (part) => part.weighted_locations.reduce((sum, word) => sum + word.balanced_score, 0);

  // A result with its best sections, those that say most about the words first.
  async function details(result) {
    const page = await result.data();
    const sections = page.sub_results.filter((part) => part.anchor).sort((a, b) => weight(b) - weight(a));
    return { url: page.url, title: page.meta.title, kind: page.filters.kind?.[0], excerpt: page.excerpt, sections: sections.slice(0, MAX_SECTIONS) };
  }

  function element(tag, text = "", className = "") {
    const node = document.createElement(tag);
    node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  // Pagefind marks words in a text in which only angle brackets are written as HTML.
  function excerpt(text) {
    const node = element("p", "", "excerpt");
    text.split(/<mark>(.*?)<\/mark>/s).forEach((part, at) => {
      const plain = part.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
      node.append(at % 2 ? element("mark", plain) : plain);
    });
    return node;
  }

  const href = (url) => base + url.replace(/\/(?=#|$)/, `/${INDEX}`);

  function item(page) {
    const node = document.createElement("li");
    const link = element("a", page.title);
    link.href = href(page.url.split("/").map(encodeURIComponent).join("/"));
    node.append(link, " ", element("span", VALUES[page.kind] || page.kind, "badge"));
    if (!page.sections.length) node.append(excerpt(page.excerpt));
    for (const part of page.sections) {
      const place = element("a", part.title, "place");
      place.href = href(part.url);
      // an excerpt from the start of a section repeats its heading
      const isStart = part.plain_excerpt.startsWith(part.title);
      node.append(place, excerpt(isStart ? part.excerpt.replace(/^[^.?!]*[.?!](?:<\/mark>)?\s*/, "") : part.excerpt));
    }
    return node;
  }

  const chosen = () => Object.fromEntries([...row.querySelectorAll("select")].filter((each) => each.value).map((each) => [each.name, each.value]));

  // A choice for each filter that divides the pages with the words.
  function offer(counts, filters) {
    const fields = FILTERS.filter((name) => Object.values(counts[name] || {}).filter(Boolean).length > 1 || filters[name]).map((name) => {
      const label = element("label", LABELS[name]);
      const select = document.createElement("select");
      select.name = name;
      select.append(new Option(say("All"), ""));
      for (const [value, count] of Object.entries(counts[name] || {}).sort((a, b) => b[1] - a[1])) {
        if (count || value === filters[name]) select.append(new Option(`${VALUES[value] || value} (${count})`, value, false, value === filters[name]));
      }
      label.append(" ", select);
      return label;
    });
    const focused = document.activeElement?.name;
    row.replaceChildren(...fields);
    if (FILTERS.includes(focused)) row.querySelector(`[name=${focused}]`)?.focus();
  }

  async function show(typed, filters) {
    const mine = ++turn;
    try {
      const found = await find(typed, filters);
      const pages = await Promise.all(found.results.slice(0, PAGES_AT_A_TIME).map(details));
      if (mine !== turn) return;
      const values = { count: found.results.length, query: typed };
      status.textContent = found.isPartial ? say("No text has all of these words. These have all but one:")
        : !values.count ? say("No text has all of these words.")
        : values.count === 1 ? say("1 page has these words.") : say("{count} pages have these words.", values);
      offer(found.totalFilters, filters);
      list.replaceChildren(...pages.map(item));
      let next = PAGES_AT_A_TIME;
      const more = section.querySelector("button");
      more.hidden = next >= values.count;
      more.onclick = async () => {
        const added = await Promise.all(found.results.slice(next, next + PAGES_AT_A_TIME).map(details));
        next += PAGES_AT_A_TIME;
        more.hidden = next >= values.count;
        const nodes = added.map(item);
        list.append(...nodes);
        nodes[0]?.querySelector("a").focus();
      };
    } catch {
      if (mine !== turn) return;
      list.replaceChildren();
      status.textContent = say("The texts cannot be searched just now.");
    }
  }

  let timer;
  function start(pause) {
    clearTimeout(timer);
    const typed = input.value.trim();
    section.hidden = typed.length < MIN_LETTERS;
    turn++;
    if (!section.hidden) timer = setTimeout(() => show(typed, chosen()), pause);
  }

  input.addEventListener("input", () => start(PAUSE));
  form.addEventListener("submit", () => start(0));
  row.addEventListener("change", () => start(0));
  globalThis.monographText = { find, details };
  if (input.value) start(0);
})();
