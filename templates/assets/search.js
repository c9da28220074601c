// Search by name in every search box: suggestions while typing, and all results on the search page. The names of a
// letter are one file, fetched when a name begins with it; a misspelt name is looked for in all of them.
// The names of a kind are in lists, one for each folder of the site (`base`). A row is a name that is the title of a page whose
// address follows from it, or [name or names, address in the folder ("" and "+": see `addressOf`), title, lang?].
(() => {
  "use strict";
  const MAX_RESULTS = 60;
  const MAX_SUGGESTIONS = 8;
  const EDITS = [[8, 2], [4, 1]]; // letters of what was typed, and how many of them may be wrong
  const SAME_SOUND = [
    [/ph/g, "f"], [/th/g, "t"], [/[ao]e/g, "e"], [/y/g, "i"], [/c(?=[ei])/g, "s"], [/ck|[kq]/g, "c"], [/x/g, "cs"],
    [/z/g, "s"], [/w/g, "v"], [/(.)\1+/g, "$1"], [/(?<=.)e$/, ""],
  ];

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const sound = (text) => SAME_SOUND.reduce((result, [letters, same]) => result.replace(letters, same), text);
  const letterOf = (text) => (text.match(/[a-z0-9]/) || ["other"])[0];

  // Letters inserted, left out, replaced or swapped between two texts; `limit` + 1 where there are more.
  function edits(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let older = [];
    let old = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
        least = Math.min(least, row[j]);
      }
      if (least > limit) return limit + 1;
      [older, old] = [old, row];
    }
    return old[b.length];
  }

  // How far a name is from what was typed: below NEAR as typed, above it as it may have been meant; null not at all.
  const NEAR = 4;
  function distance(name, typed) {
    if (name.text === typed.text) return 0;
    if (name.text.startsWith(typed.text)) return 1;
    if (typed.words.length && typed.words.every((part) => name.words.some((word) => word.startsWith(part)))) return 2;
    if (name.text.includes(typed.text)) return 3;
    if (typed.sound.length > 3 && name.sound.startsWith(typed.sound)) return NEAR + (name.sound === typed.sound ? 0 : 0.6);
    const [, limit] = EDITS.find(([length]) => typed.text.length >= length) || [0, 0];
    if (!limit) return null;
    const start = name.text.slice(0, typed.text.length);
    const candidates = [[name.text, name.sound, 0], [start, sound(start), 0.6]];
    if (typed.words.length === 1) name.words.forEach((word, at) => candidates.push([word, name.sounds[at], 0.3]));
    const least = Math.min(...candidates.map(([text, same, more]) => {
      const count = Math.min(edits(typed.text, text, limit), edits(typed.sound, same, limit) + 0.1);
      return count < limit + 1 ? NEAR + count + more : Infinity;
    }));
    return least === Infinity ? null : least;
  }

  function prepared(name) {
    const own = words(name);
    const text = own.join(" ");
    return { text, words: own, sound: sound(text), sounds: own.map(sound) };
  }

  // The entries that match, best first, each page once.
  function rank(entries, query) {
    const typed = prepared(query);
    const best = new Map();
    for (const entry of entries) {
      const far = distance(entry.name, typed);
      if (far === null) continue;
      const hit = { ...entry, far, other: entry.label === entry.title ? 0 : 1, several: entry.title.includes(" + ") ? 1 : 0 };
      const known = best.get(entry.url);
      if (!known || far < known.far || (far === known.far && hit.other < known.other)) best.set(entry.url, hit);
    }
    return [...best.values()].sort(
      (a, b) => a.far - b.far || a.several - b.several || a.other - b.other || a.label.length - b.label.length || a.title.localeCompare(b.title)
    );
  }

  // A site for use without a web server names files, and has its data in scripts: pages may not read other files there.
  const INDEX = document.querySelector("form.search")?.action.endsWith("/index.html") ? "index.html" : "";
  const scripts = new Map();
  globalThis.monographData = (name, data) => scripts.set(name, data);
  const fetched = new Map();

  function readScript(address, name) {
    return new Promise((resolve, reject) => {
      const node = document.createElement("script");
      node.src = address;
      node.onload = () => resolve(scripts.get(name));
      node.onerror = () => reject(new Error(address));
      document.head.append(node);
    });
  }

  async function readJson(address) {
    const answer = await fetch(address);
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  function fetchOnce(folder, name, read) {
    const address = `${folder}${name}`;
    if (!fetched.has(address)) {
      const load = (INDEX ? readScript(`${address}.js`, name) : readJson(`${address}.json`)).then(read);
      load.catch(() => fetched.delete(address));
      fetched.set(address, load);
    }
    return fetched.get(address);
  }

  const addressOf = {
    "": (title) => `${words(fold(title)).join("-")}/`,
    "+": (title) => `${title.split(" + ").map((part) => words(fold(part)).join("")).join("-")}/`,
  };

  function entries(kind, base, row) {
    const [labels, address, stated, lang] = Array.isArray(row) ? row : [row, "", ""];
    return [labels].flat().map((label) => {
      const title = stated || label;
      const url = base + (addressOf[address]?.(title) ?? address);
      return { name: prepared(fold(label)), label, title, url, kind, lang };
    });
  }

  const lettersOf = (folder) => fetchOnce(folder, "names", (data) => data || { letters: [] });
  const namesOf = (folder, letter) => fetchOnce(folder, `names-${letter}`, (data) =>
    Object.entries(data).flatMap(([kind, lists]) =>
      lists.flatMap(({ base, rows }) => rows.flatMap((row) => entries(kind, base, row)))));

  // What a reader may mean: names as typed, or, where there are none, names that are written nearly so. Names that
  // begin with the same letter are given to `early` at once, before the rest is there.
  async function find(folder, query, early = () => {}) {
    const text = words(fold(query)).join(" ");
    if (!text) return [];
    const { letters, mixUps = {} } = await lettersOf(folder);
    const asTyped = (entries) => {
      const hits = rank(entries, text).map((hit) => ({ ...hit, mixUps: mixUps[hit.url] }));
      return hits.length && hits[0].far < NEAR ? hits.filter((hit) => hit.far < NEAR) : hits;
    };
    const letter = letterOf(text);
    if (letters.includes(letter)) {
      const hits = asTyped(await namesOf(folder, letter));
      if (hits.length && hits[0].far < NEAR) early(hits);
    }
    return asTyped((await Promise.all(letters.map((each) => namesOf(folder, each)))).flat());
  }

  function element(tag, text, className) {
    const node = document.createElement(tag);
    node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  // One search box.
  function enhance(form) {
    const input = form.elements.q;
    const base = form.dataset.base.replace(/\/$/, "");
    const catalogue = JSON.parse(form.dataset.words || "{}");
    const say = (text, values) => (catalogue[text] || text).replace(/\{(\w+)\}/g, (whole, name) => values[name]);
    const KINDS = { drug: say("Medicine"), combination: say("Combination"), brand: say("Brand"), article: say("Article"), page: say("Page") };
    const href = (url) => base + url.split("/").map(encodeURIComponent).join("/").replace(/\/$/, `/${INDEX}`);
    let turn = 0;

    // Shows the hits for what is in the box now, unless the reader has gone on typing meanwhile.
    async function search(show) {
      const mine = ++turn;
      const typed = input.value.trim();
      const isLast = (found, failure) => mine === turn && show(found, typed, failure);
      try {
        isLast(await find(new URL(".", form.action).href, typed, isLast));
      } catch {
        isLast([], say("Search is not available just now. Please use the A to Z list."));
      }
    }

    function details(hit, node) {
      node.append(" ", element("span", KINDS[hit.kind] || hit.kind, "badge"));
      if (hit.other) node.append(element("span", say("Matches the name “{name}”", { name: hit.label }), "aside"));
      if (hit.mixUps) node.append(element("span", say("Not to be confused with {names}.", { names: hit.mixUps.join(", ") }), "aside"));
      return node;
    }

    function summary(found, typed) {
      const values = { count: found.length, query: typed, limit: MAX_RESULTS };
      if (!found.length && document.getElementById("text-search")) return say("No name like “{query}”.", values);
      if (!found.length) return say("No results for “{query}”. Check the spelling, or type only the first letters.", values);
      if (found[0].far >= NEAR) return say("No name “{query}”. Did you mean:", values);
      const count = found.length === 1 ? say("1 result for “{query}”.", values) : say("{count} results for “{query}”.", values);
      const more = found.length > MAX_RESULTS ? [say("The first {limit} are shown: type more of the name.", values)] : [];
      return [count, ...more].join(" ");
    }

    function suggest() {
      const id = `${input.id}-list`;
      const list = element("ul", "", "suggestions");
      const status = element("p", "", "hide");
      let active = -1;
      Object.assign(list, { id, hidden: true });
      list.setAttribute("role", "listbox");
      list.setAttribute("aria-label", say("Suggestions"));
      status.setAttribute("role", "status");

      // Not before it is used, and again where a preview has put the page back as it is served.
      function prepare() {
        if (list.isConnected) return;
        input.setAttribute("role", "combobox");
        input.setAttribute("aria-autocomplete", "list");
        input.setAttribute("aria-controls", id);
        form.append(list, status);
        open(false);
      }

      function choose(at) {
        active = at;
        [...list.children].forEach((node, each) => node.setAttribute("aria-selected", String(each === at)));
        if (at < 0) input.removeAttribute("aria-activedescendant");
        else input.setAttribute("aria-activedescendant", list.children[at].id);
      }

      function open(isOpen) {
        list.hidden = !isOpen;
        input.setAttribute("aria-expanded", String(isOpen));
        choose(-1);
      }

      // What is still being looked for does not open the list again.
      function close() {
        turn++;
        open(false);
      }

      function option(hit, at) {
        const node = details(hit, element("li", hit.title));
        node.id = `${id}-${at}`;
        node.dataset.href = href(hit.url);
        if (hit.lang) node.lang = hit.lang;
        node.setAttribute("role", "option");
        return node;
      }

      function show(found, typed, failure) {
        const options = found.slice(0, MAX_SUGGESTIONS).map(option);
        const isSame = options.map((node) => node.dataset.href).join(" ") === [...list.children].map((node) => node.dataset.href).join(" ");
        if (!isSame) {
          const chosen = list.children[active]?.dataset.href;
          list.replaceChildren(...options);
          open(options.length > 0);
          choose(chosen ? options.findIndex((node) => node.dataset.href === chosen) : -1);
        } else if (options.length) list.hidden && open(true);
        status.textContent = failure || (typed ? summary(found, typed) : "");
      }

      function press(event) {
        const count = list.children.length;
        if (event.key === "Escape" && !list.hidden) close();
        else if (event.key === "Enter" && active >= 0 && !list.hidden) location.href = list.children[active].dataset.href;
        else if (event.key === "ArrowDown" && count) list.hidden ? open(true) : choose((active + 1) % count);
        else if (event.key === "ArrowUp" && count) choose((active <= 0 ? count : active) - 1);
        else return;
        event.preventDefault();
      }

      input.addEventListener("focus", prepare);
      input.addEventListener("input", () => {
        prepare();
        search(show);
      });
      input.addEventListener("keydown", press);
      input.addEventListener("blur", close);
      list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
      list.addEventListener("click", (event) => {
        const chosen = event.target.closest("li");
        if (chosen) location.href = chosen.dataset.href;
      });
    }

    function fill(list, status) {
      function item(hit) {
        const node = document.createElement("li");
        const link = element("a", hit.title);
        link.href = href(hit.url);
        if (hit.lang) link.lang = hit.lang;
        node.append(link);
        return details(hit, node);
      }

      function show(found, typed, failure) {
        const focused = list.contains(document.activeElement) && document.activeElement.href;
        list.replaceChildren(...found.slice(0, MAX_RESULTS).map(item));
        // Names that arrive late must not take the focus from who walks through the results.
        if (focused) ([...list.querySelectorAll("a")].find((link) => link.href === focused) || input).focus();
        status.textContent = failure || (typed ? summary(found, typed) : "");
      }

      function start() {
        const typed = input.value.trim();
        const address = new URL(location.href);
        if (typed) address.searchParams.set("q", typed);
        else address.searchParams.delete("q");
        try {
          history.replaceState(null, "", address);
        } catch {} // refused when asked too often
        search(show);
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

      input.addEventListener("input", start);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        start();
      });
      document.addEventListener("keydown", step);
      input.value = new URLSearchParams(location.search).get("q") || input.value;
      if (input.value) start();
    }

    const list = document.getElementById("search-results");
    if (list) fill(list, document.getElementById("search-status"));
    else suggest();
  }

  globalThis.monographSearch = { find, readScript, INDEX };
  document.querySelectorAll("form.search").forEach(enhance);
})();
