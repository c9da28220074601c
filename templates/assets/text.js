// The search in the texts, below the names that the search page finds: Pagefind's index of the pages, in shards that are
// searched together. A result is a page with the sections in which the words are.
(() => {
  "use strict";
  const PAGES_AT_A_TIME = 10;
  const MAX_SECTIONS = 3;
  const EXCERPT_WORDS = 24;
  const MIN_LETTERS = 3;
  const PAUSE = 200; // milliseconds without a keystroke before the texts are searched
  const MAX_WORDS = 8;
  const LEAD_WORDS = 4; // of an excerpt before the first word that was searched for
  const RANKING = { termSimilarity: 6, pageLength: 0.3, metaWeights: { title: 1 } }; // whole words, long pages, headings
  const DOUBTFUL_SCORE = 0.1; // the best score of a word below which it may be on no page at all
  const MIN_SHARE = 0.05; // of the best score of a word that a page must have
  const JOINED_SHARE = 0.75; // what "bedwetting" counts for each of the words "bed wetting"
  const NEAR = [[1, 0.5], [3, 0.3], [12, 0.2], [40, 0.1]]; // words between two, and what that adds to their scores
  const SPELLINGS = [ // British and American; ^ and $ are the ends of a word
    ["^haem", "^hem"], ["aemia$", "emia$"], ["aemic$", "emic$"], ["^anaes", "^anes"], ["oedem", "edem"], ["^oesoph", "^esoph"],
    ["^oestr", "^estr"], ["^paed", "^ped"], ["^phaeo", "^pheo"], ["^gynaec", "^gynec"], ["rrhoe", "rrhe"], ["^coeli", "^celi"],
    ["^faec", "^fec"], ["^foet", "^fet"], ["^caesar", "^cesar"], ["olour", "olor"], ["tumour", "tumor"], ["odour", "odor"],
    ["aviour", "avior"], ["fibre", "fiber"], ["sulph", "sulf"], ["isation", "ization"], ["ising$", "izing$"], ["ised$", "ized$"],
  ];
  const FILTERS = ["kind", "class", "condition", "review"];
  // Words of a question that say nothing of what is asked for: Pagefind wants every word on the page.
  const EMPTY_WORDS = new Set([
    "a", "an", "and", "are", "at", "be", "by", "can", "do", "does", "for", "from", "have", "how", "i", "if", "in",
    "is", "it", "may", "me", "my", "of", "on", "or", "should", "the", "to", "was", "what", "when", "which", "while",
    "who", "why", "will", "with", "you", "your", "cant", "dont", "im", "ive", "whats", "isnt", "doesnt", "al", "como", "con", "cual", "de", "del", "el", "en", "es", "la",
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
      await pagefind.options({ noWorker: Boolean(INDEX), basePath: folder.pathname, baseUrl: "/", ranking: RANKING });
      await pagefind.init();
      const shards = Array.from({ length: Number(section.dataset.shards) - 1 }, (_, at) => `${folder.pathname}${at + 1}/`);
      await Promise.all(shards.map((shard) => pagefind.mergeIndex(shard, { baseUrl: "/", ranking: RANKING })));
      await pagefind.filters();
      return pagefind;
    })();
    engine.catch(() => (engine = undefined));
    return engine;
  }

  const forms = (word) => {
    const whole = `^${word}$`;
    const others = SPELLINGS.map(([british, american]) =>
      whole.includes(british) ? whole.replace(british, american) : whole.replace(american, british));
    return [...new Set([whole, ...others])].map((form) => form.slice(1, -1));
  };

  // The pages with a word, by their ids. Where a shard lacks a word, Pagefind takes the longest beginning of it that
  // is a word there, with a low score: such pages are left out.
  async function pagesWith(pagefind, word, filters) {
    let { results } = await pagefind.search(word, { filters });
    const best = Math.max(0, ...results.map((result) => result.score));
    if (results.length && best < DOUBTFUL_SCORE && !(await pagefind.search(`"${word}"`, { filters })).results.length) {
      const page = await results[0].data();
      if (!wordsOf(page)[results[0].words[0]]?.toLowerCase().includes(word)) results = [];
    }
    const likely = results.filter((result) => result.score >= best * MIN_SHARE);
    return new Map(likely.map((result) => [result.id, { result, score: result.score, places: result.words }]));
  }

  // Adds the pages of `others` to `pages`; of two hits in one page the better one is kept.
  function add(pages, others, factor = 1) {
    for (const [id, hit] of others) {
      const score = hit.score * factor;
      if (!(pages.get(id)?.score >= score)) pages.set(id, { ...hit, score });
    }
    return pages;
  }

  // Words that are near each other belong together: how much that adds to their scores.
  function nearness(places, others) {
    let least = Infinity;
    let at = 0;
    for (const place of places) {
      while (at < others.length && others[at] < place) at++;
      least = Math.min(least, others[at] - place || Infinity, place - others[at - 1] || Infinity);
    }
    return NEAR.find(([distance]) => least <= distance)?.[1] ?? 0;
  }

  // For each word of a query, the pages that have it: in another spelling, or written together with its neighbour, too.
  async function pagesByWord(words, filters) {
    const pagefind = await load();
    const search = (word) => pagesWith(pagefind, word, filters);
    const pages = await Promise.all(words.map(async (word) => (await Promise.all(forms(word).map(search))).reduce((all, each) => add(all, each))));
    for (let at = 1; at < words.length; at++) {
      const word = words[at - 1] + words[at];
      if (!(await pagefind.search(`"${word}"`, { filters })).results.length) continue;
      const joined = await search(word);
      add(pages[at - 1], joined, JOINED_SHARE);
      add(pages[at], joined, JOINED_SHARE);
    }
    return pages;
  }

  // The pages with all words of a query that mean something, best first, and those with all but one where there are few;
  // and how many pages with all words have each value of a filter (`isCounted`: these numbers are right).
  async function find(query, filters = {}) {
    const typed = query.toLowerCase().replace(/['’]/g, "").split(/[^\p{L}\p{M}\p{N}-]+/u).filter(Boolean);
    const meant = typed.filter((word) => !EMPTY_WORDS.has(word));
    const words = (meant.length ? meant : typed).slice(0, MAX_WORDS);
    const pages = new Map();
    (await pagesByWord(words, filters)).forEach((hits, at) => {
      for (const [id, hit] of hits) {
        const page = pages.get(id) || pages.set(id, { result: hit.result, hits: [] }).get(id);
        page.hits[at] = hit;
      }
    });
    for (const page of pages.values()) {
      page.count = page.hits.filter(Boolean).length;
      page.score = page.hits.reduce((sum, hit) => sum + hit.score, 0);
      for (let at = 1; page.count === words.length && at < words.length; at++) {
        const [one, next] = [page.hits[at - 1], page.hits[at]];
        if (one && next) page.score += (one.score + next.score) * nearness(one.places, next.places);
      }
    }
    const ranked = [...pages.values()].sort((a, b) => b.count - a.count || b.score - a.score);
    const whole = ranked.filter((page) => page.count === words.length);
    const isFew = words.length > 1 && whole.length < (words.length > 2 ? PAGES_AT_A_TIME : 1);
    const nearly = isFew ? ranked.filter((page) => page.count === words.length - 1) : [];
    const plain = words.length ? await (await load()).search(words.join(" "), { filters }) : { results: [], totalFilters: {} };
    const isCounted = plain.results.length === whole.length; // otherwise other spellings, or pages of another word
    return { results: [...whole, ...nearly], whole: whole.length, totalFilters: plain.totalFilters, isCounted };
  }

  // The words of the text of a page, which Pagefind counts.
  const wordsOf = (page) => page.content.split(/\s+/);

  // Where most of the words searched for are in at most EXCERPT_WORDS words.
  function densest(places) {
    const within = places.map(({ at }) => places.filter((other) => other.at >= at && other.at < at + EXCERPT_WORDS));
    const variety = within.map((inside) => new Set(inside.map((place) => place.word)).size * EXCERPT_WORDS + inside.length);
    return places[variety.indexOf(Math.max(...variety))].at;
  }

  // A part of a page around the words searched for, as texts of which every second one is such a word.
  function excerptOf(words, places, from, to) {
    const start = Math.max(from, Math.min(densest(places) - LEAD_WORDS, to - EXCERPT_WORDS));
    const marked = new Set(places.map((place) => place.at));
    const texts = [start > from ? "… " : ""];
    for (let at = start; at < Math.min(start + EXCERPT_WORDS, to); at++) {
      if (marked.has(at)) texts.push(words[at], " ");
      else texts[texts.length - 1] += `${words[at]} `;
    }
    if (start + EXCERPT_WORDS < to) texts[texts.length - 1] += "…";
    return texts;
  }

  // A result with its best sections: those with most of the words, and of these with most about them.
  async function details({ result, hits }) {
    const page = await result.data();
    const words = wordsOf(page);
    const anchors = page.anchors.filter((anchor) => anchor.text?.trim()).sort((a, b) => a.location - b.location);
    const places = hits.flatMap((hit, word) => hit.places.map((at) => ({ at, word }))).sort((a, b) => a.at - b.at);
    const sections = anchors.map((anchor, at) => {
      const end = anchors[at + 1]?.location ?? words.length;
      const own = places.filter((place) => place.at >= anchor.location && place.at < end);
      const start = anchor.location + anchor.text.trim().split(/\s+/).length; // behind the heading
      const inText = own.filter((place) => place.at >= start);
      const kinds = new Set(own.map((place) => place.word)).size;
      const excerpt = inText.length ? excerptOf(words, inText, start, end) : [];
      return { title: anchor.text.trim(), url: `${page.url}#${anchor.id}`, excerpt, kinds, count: own.length };
    });
    const best = sections.filter((part) => part.count).sort((a, b) => b.kinds - a.kinds || b.count - a.count);
    const excerpt = places.length ? excerptOf(words, places, 0, words.length) : [];
    return { url: page.url, title: page.meta.title, kind: page.filters.kind?.[0], excerpt, sections: best.slice(0, MAX_SECTIONS) };
  }

  function element(tag, text = "", className = "") {
    const node = document.createElement(tag);
    node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  // A paragraph of texts, of which every second one is marked.
  function excerpt(texts) {
    const node = element("p", "", "excerpt");
    node.append(...texts.map((text, at) => (at % 2 ? element("mark", text) : text)));
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
      node.append(place);
      if (part.excerpt.length) node.append(excerpt(part.excerpt));
    }
    return node;
  }

  const chosen = () => Object.fromEntries([...row.querySelectorAll("select")].filter((each) => each.value).map((each) => [each.name, each.value]));

  // A choice for each filter that divides the pages with the words.
  function offer(counts, filters, isCounted) {
    const fields = FILTERS.filter((name) => Object.values(counts[name] || {}).filter(Boolean).length > 1 || filters[name]).map((name) => {
      const label = element("label", LABELS[name]);
      const select = document.createElement("select");
      select.name = name;
      select.append(new Option(say("All"), ""));
      for (const [value, count] of Object.entries(counts[name] || {}).sort((a, b) => b[1] - a[1])) {
        if (count || value === filters[name]) select.append(new Option(`${VALUES[value] || value}${isCounted ? ` (${count})` : ""}`, value, false, value === filters[name]));
      }
      label.append(" ", select);
      return label;
    });
    const focused = document.activeElement?.name;
    row.replaceChildren(...fields);
    if (FILTERS.includes(focused)) row.querySelector(`[name=${focused}]`)?.focus();
  }

  function summary(count, further) {
    if (!count) return further ? say("No text has all of these words. These have all but one:") : say("No text has all of these words.");
    const text = count === 1 ? say("1 page has these words.") : say("{count} pages have these words.", { count });
    return [text, ...(further ? [say("Further pages have all but one.")] : [])].join(" ");
  }

  async function show(typed, filters) {
    const mine = ++turn;
    try {
      const found = await find(typed, filters);
      const pages = await Promise.all(found.results.slice(0, PAGES_AT_A_TIME).map(details));
      if (mine !== turn) return;
      status.textContent = summary(found.whole, found.results.length - found.whole);
      offer(found.totalFilters, filters, found.isCounted);
      list.replaceChildren(...pages.map(item));
      let next = PAGES_AT_A_TIME;
      const more = section.querySelector("button");
      more.disabled = false;
      more.hidden = next >= found.results.length;
      more.onclick = async () => {
        more.disabled = true; // a second click would show the same pages twice
        try {
          const added = await Promise.all(found.results.slice(next, next + PAGES_AT_A_TIME).map(details));
          if (mine !== turn) return;
          next += PAGES_AT_A_TIME;
          more.hidden = next >= found.results.length;
          const nodes = added.map(item);
          list.append(...nodes);
          nodes[0]?.querySelector("a").focus();
        } catch {
          if (mine === turn) status.textContent = say("The texts cannot be searched just now.");
        } finally {
          if (mine === turn) more.disabled = false;
        }
      };
    } catch {
      if (mine !== turn) return;
      list.replaceChildren();
      section.querySelector("button").hidden = true; // it belongs to what was there before
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
