// What a page of text does beyond showing itself: it opens what a link leads to, opens all answers, marks the current
// section in its contents, and is whole on paper. Everything can be read without it.
"use strict";
(() => {
  const foldsOf = (place) => {
    const folds = [];
    for (let fold = place && place.closest("details"); fold; fold = fold.parentElement.closest("details")) folds.push(fold);
    return folds;
  };

  // Browsers that know how open the question of an answer themselves.
  const reveal = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* as it is */ }
    const place = id && document.getElementById(id);
    const closed = foldsOf(place).filter((fold) => !fold.open);
    closed.forEach((fold) => { fold.open = true; });
    if (closed.length) place.scrollIntoView();
  };

  const answersOf = (button) => [...button.closest("section").querySelectorAll("details.faq")];

  const toggleAll = (button) => {
    const answers = answersOf(button);
    const opens = !answers.every((answer) => answer.open);
    answers.forEach((answer) => { answer.open = opens; });
  };

  // The button says what it does next, also where answers were opened one by one, by a link or by find-in-page.
  const labelButton = (button) => {
    const areOpen = answersOf(button).every((answer) => answer.open);
    if (button.dataset.open === undefined) button.dataset.open = button.textContent;
    button.textContent = areOpen ? button.dataset.close : button.dataset.open;
    button.setAttribute("aria-expanded", areOpen);
  };

  // The last section that begins in the upper third of the window.
  const markCurrent = () => {
    const links = [...(document.querySelector(".toc")?.querySelectorAll("a") ?? [])];
    let current = links[0];
    for (const link of links) {
      const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (place && place.getBoundingClientRect().top < innerHeight / 3) current = link;
    }
    for (const link of links) {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let waits = false;
  const onScroll = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => { waits = false; markCurrent(); });
  };

  let closed = [];
  addEventListener("beforeprint", () => {
    // A browser may announce a page twice before it is printed.
    closed.push(...document.querySelector("main").querySelectorAll("details:not([open])"));
    closed.forEach((fold) => { fold.open = true; });
    for (const address of document.querySelectorAll("[data-address]")) address.textContent = location.href.split("#")[0];
  });
  addEventListener("afterprint", () => {
    closed.forEach((fold) => { fold.open = false; });
    closed = [];
  });
  addEventListener("hashchange", reveal);
  addEventListener("scroll", onScroll, { passive: true });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".open-all");
    if (button) toggleAll(button);
  });
  document.addEventListener("toggle", (event) => {
    const button = event.target.matches("details.faq") && event.target.closest("section")?.querySelector(".open-all");
    if (button) labelButton(button);
  }, true); // the event does not bubble

  for (const button of document.querySelectorAll(".open-all")) button.hidden = false;
  reveal();
  markCurrent();
})();
