// Search by name: fetches the shard for the first letter typed and ranks here. An entry is [name, title, url, kind, lang?].
(() => {
  "use strict";
  const form = document.querySelector("form[data-base]");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  if (!form || !status || !list) return;
  const input = form.elements.q;
  const base = form.dataset.base.replace(/\/$/, "");
  const LIMIT = 60;
  const WORDS = JSON.parse(list.dataset.words || "{}");
  const say = (text, values) => (WORDS[text] || text).replace(/\{(\w+)\}/g, (whole, name) => values[name]);
  const KINDS = { drug: say("Medicine"), combination: say("Combination"), brand: say("Brand"), article: say("Article"), page: say("Page") };
  const shards = new Map();
  let turn = 0;
  let timer = 0;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const shardOf = (text) => (text.match(/[a-z0-9]/) || ["other"])[0];
  const href = (url) => base + url.split("/").map(encodeURIComponent).join("/");

  function shard(letter) {
    if (!shards.has(letter)) {
      const load = fetch(`${form.action}names-${letter}.json`).then((answer) => {
        if (answer.status === 404) return [];
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json().then((data) => data.entries);
      });
      load.catch(() => shards.delete(letter));
      shards.set(letter, load);
    }
    return shards.get(letter);
  }

  // 0 the name, 1 its beginning, 2 beginnings of words, 3 anywhere, -1 not at all
  function rank(name, query, parts) {
    if (name === query) return 0;
    if (name.startsWith(query)) return 1;
    const own = words(name);
    if (parts.length && parts.every((part) => own.some((word) => word.startsWith(part)))) return 2;
    return name.includes(query) ? 3 : -1;
  }

  function find(entries, query) {
    const parts = words(query);
    const best = new Map();
    for (const [name, title, url, kind, lang] of entries) {
      const score = rank(fold(name), query, parts);
      if (score < 0) continue;
      const other = name === title ? 0 : 1;
      const known = best.get(url);
      if (!known || score < known.score || (score === known.score && other < known.other)) {
        best.set(url, { score, other, name, title, url, kind, lang });
      }
    }
    return [...best.values()].sort(
      (a, b) => a.score - b.score || a.other - b.other || a.name.length - b.name.length || a.title.localeCompare(b.title)
    );
  }

  function element(tag, text, className) {
    const node = document.createElement(tag);
    node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  function item(hit) {
    const node = document.createElement("li");
    const link = element("a", hit.title);
    link.href = href(hit.url);
    if (hit.lang) link.lang = hit.lang;
    node.append(link, " ", element("span", KINDS[hit.kind] || hit.kind, "badge"));
    if (hit.other) node.append(element("span", say("Matches the name “{name}”", { name: hit.name }), "aside"));
    return node;
  }

  function show(hits, typed) {
    list.replaceChildren(...hits.slice(0, LIMIT).map(item));
    const values = { count: hits.length, query: typed, limit: LIMIT };
    const count = hits.length === 1 ? say("1 result for “{query}”.", values) : say("{count} results for “{query}”.", values);
    const more = hits.length > LIMIT ? " " + say("The first {limit} are shown: type more of the name.", values) : "";
    status.textContent = hits.length
      ? count + more
      : say("No results for “{query}”. Check the spelling, or type only the first letters.", values);
  }

  async function search() {
    const mine = ++turn;
    const typed = input.value.trim();
    const query = fold(typed);
    const address = new URL(location.href);
    if (typed) address.searchParams.set("q", typed);
    else address.searchParams.delete("q");
    try {
      history.replaceState(null, "", address);
    } catch {} // refused when asked too often
    if (!query) {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const entries = await shard(shardOf(query));
      if (mine === turn) show(find(entries, query), typed);
    } catch {
      if (mine !== turn) return;
      list.replaceChildren();
      status.textContent = say("Search is not available just now. Please use the A to Z list.");
    }
  }

  function step(event) {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const onInput = document.activeElement === input;
    if (event.key === "ArrowDown" && (onInput || at >= 0)) (links[at + 1] || links[at])?.focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] || input).focus();
    else return;
    event.preventDefault();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    search();
  });
  document.addEventListener("keydown", step);
  input.value = new URLSearchParams(location.search).get("q") || input.value;
  if (input.value) search();
})();
