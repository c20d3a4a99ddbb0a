// What a page does beyond what it says: rows page by page, search, and links into rows that are not
// shown yet. Without this script all rows are seen.
"use strict";
(() => {
  const PAGE = 50; // rows shown at once where there are many
  const FEW = 1500; // up to so many rows in all, every row is shown
  const SIGNS = { amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'" };
  const blocks = [...document.querySelectorAll(".rows")].map(makeBlock);
  const of = (kind) => blocks.filter((block) => block.kind === kind);
  const form = document.querySelector(".filters"), filters = filtersOf(form, "explore");
  const studies = new Map(); // study → its row
  let turn = 0; // counts searches, so that an older one gives way

  // A block of rows. They stay text, as they stand in <noscript>, until they are shown.
  function makeBlock(element) {
    const kind = element.dataset.rows;
    return { element, kind, source: element.querySelector("noscript").textContent, group: element.closest("details.group"), count: Number(element.dataset.count), rows: null, shown: null, first: 0 };
  }

  function open(block) {
    if (block.rows) return block;
    const start = block.source.indexOf(">", block.source.indexOf("<tbody")) + 1;
    const end = block.source.lastIndexOf("</tbody>");
    block.rows = block.source.slice(start, end).split(/(?=<tr )/).slice(1).map(makeRow);
    block.shown = block.rows;
    block.view = parsed(block.source.slice(0, start) + block.source.slice(end)).firstElementChild;
    if (block.kind === "studies") for (const row of block.rows) studies.set(row.study, row);
    return block;
  }

  const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;

  // What is asked of a row: its identifier, the study it belongs to, its data and its words.
  function makeRow(html) {
    const id = / id="([^"]*)"/.exec(html.slice(0, html.indexOf(">")))?.[1];
    return { html, id, study: / data-study="([^"]*)"/.exec(html)?.[1] ?? id.replace(/^study-/, "") };
  }

  const dataOf = (row) => row.data ??= Object.fromEntries(
    [...row.html.slice(0, row.html.indexOf(">")).matchAll(/ data-(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, decoded(value)]));
  const decoded = (text) => text.replace(/&(amp|lt|gt|#34|#39);/g, (_, sign) => SIGNS[sign]);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (row) => row.words ??= fold(decoded(row.html.replace(/<[^>]*>/g, " ")));
  // Who and what a study is, and not its codings: a coding is found by these words as well.
  const aboutOf = (row) => row.about ??= fold(decoded(row.html.slice(0, row.html.lastIndexOf("<td")).replace(/<[^>]*>/g, " ")));

  // Show the rows that match, as many as a page holds.
  function show(block) {
    open(block);
    const size = many ? PAGE : Infinity;
    block.first = size === Infinity ? 0 : block.first - (block.first % size);
    const part = block.shown.slice(block.first, block.first + size);
    const rows = parsed(`<table><tbody>${part.map((row) => row.html).join("")}</tbody></table>`).querySelector("tbody");
    block.view.querySelector("tbody").replaceChildren(...rows.rows);
    if (!block.element.contains(block.view)) block.element.replaceChildren(block.view);
    if (part.length < block.shown.length) pager(block, size, part.length);
    else block.bar?.remove();
    block.drawn = block.shown;
  }

  // Rows that stand there already stay: replaced, they would lose the focus.
  const showOnce = (block) => block.drawn === block.shown || show(block);

  const total = (kind) => of(kind).reduce((sum, block) => sum + block.count, 0);
  const many = total("studies") + total("codings") > FEW;

  function pager(block, size, length) {
    block.bar ??= make("nav", { class: "pager", "aria-label": block.view.getAttribute("aria-label") ?? block.view.querySelector("caption")?.textContent ?? "" });
    block.bar.parentNode || block.element.append(block.bar);
    const turn = (step) => { block.first += step; show(block); };
    fillPager(block.bar, block.element.dataset, { first: block.first, length, of: block.shown.length, size }, turn);
  }

  // Whether a study or a coding answers what is chosen; of what it has no data, nothing is asked.
  const fits = (wanted, row) => Object.entries(wanted).every(([name, values]) => !(name in dataOf(row)) || values.includes(dataOf(row)[name]));
  const says = (text, words) => words.every((word) => text.includes(word));
  const pause = () => new Promise((done) => setTimeout(done));

  async function search(then) {
    const mine = ++turn;
    const wanted = filters.chosen(), words = fold(form.elements.text.value).split(/\s+/).filter(Boolean);
    const nothing = !words.length && !Object.keys(wanted).length;
    const ofCodings = wanted.factor || wanted.direction || wanted.clarity;
    status.textContent = status.dataset.busy;
    of("studies").forEach(open);
    const coded = new Set(); // the studies of which a coding matches
    let codings = 0;
    let since = performance.now();
    for (const block of of("codings")) {
      const heading = fold(block.group.querySelector("summary").textContent);
      const possible = ["factor", "direction"].every((name) => !wanted[name] || wanted[name].includes(block.group.dataset[name]));
      if (nothing && !block.rows) {
        codings += block.count;
      } else {
        block.shown = open(block).rows.filter((row) => {
          const study = studies.get(row.study);
          return possible && fits(wanted, study) && fits(wanted, row) &&
            (!words.length || says(`${heading} ${wordsOf(row)} ${aboutOf(study)}`, words));
        });
        for (const row of block.shown) coded.add(row.study);
        codings += block.shown.length;
        block.first = 0;
        if (block.group.open) show(block);
      }
      block.group.hidden = !nothing && !block.shown.length;
      if (performance.now() - since > 30) { // let the page answer in between
        await pause();
        if (mine !== turn) return;
        since = performance.now();
      }
    }
    const matching = new Set();
    for (const [name, row] of studies) {
      const byItself = !ofCodings && (!words.length || says(wordsOf(row), words));
      if (fits(wanted, row) && (byItself || coded.has(name))) matching.add(name);
    }
    for (const block of of("studies")) {
      block.shown = open(block).rows.filter((row) => matching.has(row.study));
      block.first = 0;
      if (block.element.contains(block.view)) show(block);
    }
    const told = nothing ? status.dataset.all : matching.size || codings ? status.dataset.found : status.dataset.none;
    status.textContent = filled(told, { studies: matching.size, codings, all_studies: total("studies"), all_codings: total("codings") });
    then?.();
  }

  // The address: "#explore?design=survey&text=trust" are filters, "#study-…" is a place.
  function readAddress() {
    const [anchor, query] = location.hash.slice(1).split("?");
    if (anchor && query === undefined && anchor !== "explore") return place(decode(anchor));
    const wanted = new URLSearchParams(query);
    filters.read(wanted);
    if (turn || wanted.size) search(() => document.getElementById(anchor)?.scrollIntoView());
  }

  function decode(text) {
    try { return decodeURIComponent(text); } catch { return text; }
  }

  // Go to a place, wherever it is: in a closed group, on another page of rows, or filtered away.
  function place(anchor) {
    for (const old of document.querySelectorAll(".found")) old.classList.remove("found");
    if (!anchor) return;
    const block = blocks.find((each) => each.source.includes(`id="${anchor}"`));
    if (block) {
      open(block);
      if (!block.shown.some((row) => row.id === anchor)) {
        filters.read();
        return search(() => place(anchor));
      }
      block.first = block.shown.findIndex((row) => row.id === anchor);
      if (block.group) block.group.open = true;
      show(block);
    }
    const target = document.getElementById(anchor);
    if (!target) return;
    if (target.matches("details.group") && target.hidden) {
      filters.read();
      return search(() => place(anchor));
    }
    if (target.matches("details")) target.open = true;
    target.closest("details")?.setAttribute("open", "");
    target.scrollIntoView();
    if (block) {
      target.classList.add("found");
      const link = target.querySelector("a");
      link?.focus({ preventScroll: true });
    } else if (target.matches("details")) {
      target.querySelector("summary").focus({ preventScroll: true });
    }
  }

  for (const details of document.querySelectorAll("details[open]")) details.open = false;
  for (const block of blocks) {
    block.group?.addEventListener("toggle", () => block.group.open && showOnce(block));
  }
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((each) => each.isIntersecting)) {
      near.unobserve(entry.target);
      showOnce(blocks.find((block) => block.element === entry.target));
    }
  }, { rootMargin: "1200px" });
  for (const block of of("studies")) near.observe(block.element);
  form.hidden = false;
  form.addEventListener("reset", () => { filters.write(); search(); });
  let waiting;
  form.addEventListener("input", () => {
    status.textContent = status.dataset.busy; // what stood there was said of other choices
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
  form.addEventListener("change", () => filters.write());
  addEventListener("hashchange", readAddress);
  // A link to the place where the reader is already makes no hashchange.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (link && link.hash === location.hash) readAddress();
  });
  // On paper all is seen, where it is not a book.
  let closed = [];
  addEventListener("beforeprint", () => {
    if (many) return;
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const details of closed) details.open = true;
    blocks.forEach(show);
  });
  addEventListener("afterprint", () => { for (const details of closed) details.open = false; });
  const status = form.querySelector("[role=status]");
  status.textContent = filled(status.dataset.all, { studies: total("studies"), codings: total("codings") });
  readAddress();
  // As a page is loaded, the browser goes to the place itself and takes the focus from it.
  if (!location.hash.includes("?")) addEventListener("load", () => setTimeout(readAddress));
})();
