// The script of the preview: it is told when this page has changed, fetches it and updates it in
// place. What it shows itself is in a shadow tree, so the page stays as a reader would see it.
(() => {
  "use strict";
  const tag = document.currentScript;
  const root = new URL("./", tag.src);
  let seen = new URL(tag.src).search.slice(1); // the version of the page on the screen
  tag.remove(); // the document is as published again

  const isPreviewPage = () => document.documentElement.dataset.preview !== undefined;
  const RETRY_MS = [250, 500, 1000, 2000, 4000];
  let source = null;
  let failures = 0;
  let timer = 0;
  let panel = null;
  let busy = null;
  let again = false;
  let turn = 0; // the last question about the findings of this page

  // One update at a time: a request during an update leads to one more update after it.
  function update() {
    if (busy) {
      again = true;
      return busy;
    }
    busy = fetchAndMorph()
      .catch(() => {}) // the server has stopped; the next connection tries again
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
    const address = location.href.split("#")[0];
    const answer = await fetch(address, { cache: "no-store", headers: { Accept: "text/html" } });
    const kind = answer.headers.get("Content-Type") || "";
    const version = (answer.headers.get("ETag") || "").replaceAll('"', "");
    if (!kind.startsWith("text/html")) return;
    if (version !== seen) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const script of fresh.querySelectorAll("script[src]")) {
        const { pathname } = new URL(script.getAttribute("src"), location.href);
        if (pathname === root.pathname + "live.js") script.remove();
      }
      const { morph } = await import(root + "morph.js");
      seen = version;
      if (answer.redirected || !morph(document, fresh)) {
        location.reload();
        return;
      }
      document.dispatchEvent(new CustomEvent("preview:changed"));
    }
    await showInfo();
  }

  async function showInfo() {
    if (isPreviewPage()) return;
    const address = `${root}page?page=${encodeURIComponent(location.pathname)}`;
    const mine = ++turn;
    const info = await (await fetch(address, { cache: "no-store" })).json();
    if (mine !== turn) return; // a later answer is already on the screen, or on its way
    if (panel && info.blocking) panel.show(info);
    if (info.shown === false && !busy) update();
  }

  function connect() {
    clearTimeout(timer);
    if (source) source.close();
    const isOwn = isPreviewPage() && location.pathname.startsWith(root.pathname);
    const page = isOwn ? "" : location.pathname;
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
    source.addEventListener("findings", () => {
      if (isPreviewPage()) update();
      else showInfo().catch(() => {});
    });
    source.addEventListener("error", () => {
      // The browser itself would retry with the old address, which names an old version.
      source.close();
      if (panel) panel.connected(false);
      timer = setTimeout(connect, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
    });
  }

  // A hidden window closes its connection, since a browser has only six for each host. It catches
  // up when it is visible again.
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

  if (!isPreviewPage()) {
    import(root + "panel.js").then((module) => {
      panel = module.panel(root);
      return showInfo();
    }).catch(() => {});
  }
})();
