// The one script of the preview: hears when this page changed, fetches it and brings the page to the new state in place.
// What the page looks like to a reader is not its business; what it shows itself stands in a shadow tree of its own.
(() => {
  "use strict";
  const tag = document.currentScript;
  const root = new URL("./", tag.src);
  let seen = new URL(tag.src).search.slice(1); // the version of the page that is on the screen
  tag.remove(); // the document is the published one again

  const own = () => document.documentElement.dataset.preview !== undefined;
  const RETRY = [250, 500, 1000, 2000, 4000];
  let source = null;
  let failures = 0;
  let timer = 0;
  let panel = null;
  let busy = null;
  let again = false;

  // Updates follow one another: what comes in during one is done right after it, once.
  function update() {
    if (busy) {
      again = true;
      return busy;
    }
    busy = fetchAndMorph()
      .catch(() => {}) // the server is gone; the next connection asks again
      .finally(() => {
        busy = null;
        if (again) {
          again = false;
          update();
        }
      });
    return busy;
  }

  async function fetchAndMorph() {
    const answer = await fetch(location.href.split("#")[0], { cache: "no-store", headers: { Accept: "text/html" } });
    const kind = answer.headers.get("Content-Type") || "";
    const version = (answer.headers.get("ETag") || "").replaceAll('"', "");
    if (!kind.startsWith("text/html")) return;
    if (version !== seen) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const script of fresh.querySelectorAll("script[src]")) {
        if (new URL(script.getAttribute("src"), location.href).pathname === root.pathname + "live.js") script.remove();
      }
      const { morph } = await import(root + "morph.js");
      seen = version;
      if (answer.redirected || !morph(document, fresh)) {
        location.reload();
        return;
      }
      document.dispatchEvent(new CustomEvent("preview:changed"));
    }
    await note();
  }

  async function note() {
    if (own()) return;
    const answer = await fetch(`${root}page?page=${encodeURIComponent(location.pathname)}`, { cache: "no-store" });
    const notes = await answer.json();
    if (panel && notes.blocking) panel.show(notes);
    if (notes.shown === false && !busy) update();
  }

  function connect() {
    clearTimeout(timer);
    if (source) source.close();
    const page = own() && location.pathname.startsWith(root.pathname) ? "" : location.pathname;
    const query = page ? `?page=${encodeURIComponent(page)}&seen=${encodeURIComponent(seen)}` : "";
    source = new EventSource(`${root}events${query}`);
    source.addEventListener("open", () => {
      if (failures) update();
      failures = 0;
      if (panel) panel.connected(true);
    });
    source.addEventListener("change", () => {
      if (page) update();
    });
    source.addEventListener("findings", () => (own() ? update() : note().catch(() => {})));
    source.addEventListener("error", () => {
      // The browser would try the old address again, which names an old version.
      source.close();
      if (panel) panel.connected(false);
      timer = setTimeout(connect, RETRY[Math.min(failures++, RETRY.length - 1)]);
    });
  }

  // A window nobody sees gives its connection back (a browser has six for each host), and catches up when it is seen.
  function follow() {
    if (document.visibilityState === "visible") {
      connect();
    } else {
      clearTimeout(timer);
      if (source) source.close();
      source = null;
    }
  }

  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => source && source.close());
  addEventListener("pageshow", (event) => event.persisted && follow());
  follow();

  if (!own()) {
    import(root + "panel.js").then((made) => {
      panel = made.panel(root);
      return note();
    }).catch(() => {});
  }
})();
