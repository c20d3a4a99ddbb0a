// The evidence map: filters and thresholds recount all that it shows. Data comes as JSON in the page
// and becomes text only: nothing of it is ever read as HTML.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const { words, directions, signs, factors, studies, facets, publications, codings, judgements } = data;
  const { STUDIES, FACTORS, CODINGS, SIDES, JUDGED, OFTEN, codes, kept, count, applies, threshold, judge } = mapCounting(data);
  const PAGE = 30, LISTED = 40, WIDEST = 15, LEAST_SCALE = 5; // columns and studies shown at once; a radius in px, and of how many studies at least
  const ALL = "", NOT_FOUND = -1;
  const shown = data.shown.map((each) => directions.indexOf(each));
  const $ = (selector) => document.querySelector(selector);
  const form = $(".map-filters"), box = $(".map-box"), panel = $("#map-panel"), status = form.querySelector("[role=status]");
  const fields = form.elements;
  const more = { from: () => true, factor: (id) => factors.factor_id.includes(id), column: (key) => key === ALL || columnsOf(fields.axis.value).keys.includes(key) };
  const filters = filtersOf(form, "map", (name, value) => !(name in applies) || applies[name](value), more);
  let opened = null, from = 0, at = [0, ALL], view;

  // Words.
  const counted = (forms, n, more) => filled(forms[n] ?? forms[""], { n, ...more });

  function drawn(tag, marks, text) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(marks)) made.setAttribute(name, value);
    if (text) made.textContent = text;
    return made;
  }

  // The columns of the axis chosen: keys and words, and the column of each study.
  function columnsOf(name) {
    if (name === "study") return { name, keys: studies.study_id, words: studies.label, of: Int32Array.from(studies.study_id.keys()) };
    return facets.find((each) => each.name === name && name in words.axes) ?? { name: "none", keys: [], words: [], of: new Int32Array(STUDIES).fill(NOT_FOUND) };
  }

  // What is shown: rows and columns, and how large the circles are. Their scale is that of all
  // studies, so that under a filter a circle shrinks and does not grow.
  const scales = new Map();
  function scaleOf(axis) {
    if (!scales.has(axis.name)) {
      const { cells } = count(kept({}), axis);
      const most = new Array(SIDES).fill(0);
      for (let n = 0; n < cells.length; n++) if (cells[n] > most[n % SIDES]) most[n % SIDES] = cells[n];
      const top = Math.max(1, ...most), radius = (n) => Math.max(1.5, WIDEST * Math.sqrt(n / Math.max(LEAST_SCALE, top)));
      const slots = shown.map((side) => Math.max(2 * radius(most[side]) + 4, 18 + 8 * String(most[side]).length));
      scales.set(axis.name, { top, radius, slots, wide: slots.reduce((sum, each) => sum + each, 0) });
    }
    return scales.get(axis.name);
  }

  function recount() {
    performance.mark("recount");
    const typed = (field) => filters.changed().includes(field) ? field.value : null;
    const picked = filters.chosen(), masks = kept(picked), limits = threshold(typed(fields.min), typed(fields.share));
    const counts = count(masks, columnsOf(fields.axis.value));
    view = { ...counts, ...judge(counts, limits), masks, own: limits.own, filtered: Object.keys(picked).length };
    const { axis, width, cells, all, sizes } = view, hide = fields.hide.checked;
    const reports = (row, column) => shown.some((side) => cells[(row * width + column) * SIDES + side]);
    const wanted = (column) => axis.name === "study" ? sizes[column] : !picked[axis.name] || picked[axis.name].includes(axis.keys[column]);
    const rows = [...factors.factor_id.keys()], columns = [...axis.keys.keys()].filter(wanted);
    view.rows = !view.total ? [] : hide ? rows.filter((row) => shown.some((side) => all[row * SIDES + side])) : rows;
    view.columns = hide ? columns.filter((column) => rows.some((row) => reports(row, column))) : columns;
    performance.measure("recount", "recount");
  }

  // The table: built anew where other rows or columns are shown, and else only what changed.
  let drawnAs = "", cells = [], heads = [];
  function draw() {
    performance.mark("draw");
    for (const each of [".map-layout", ".map-legend", ".keys-note"]) $(each).hidden = !view.total;
    if (from >= view.columns.length) from = 0;
    const columns = view.columns.slice(from, from + PAGE), signed = view.axis.name === "study", scale = scaleOf(view.axis);
    const as = JSON.stringify([view.axis.name, view.rows, columns]);
    if (as !== drawnAs) build(columns, signed);
    drawnAs = as;
    heads[0].name.textContent = nameOf(ALL);
    for (const { note, column } of heads) note.textContent = counted(words.studies, column === NOT_FOUND ? view.total : view.sizes[column]);
    for (const each of cells) fillCell(each, scale, signed);
    pager(columns.length);
    legend(scale, signed);
    performance.measure("draw", "draw");
  }

  function build(columns, signed) {
    const held = box.contains(document.activeElement);
    [cells, heads] = [[], []];
    const header = make("tr", {}, make("th", { scope: "col", class: "corner" }, words.factor), head("all", nameOf(ALL), NOT_FOUND));
    for (const each of columns) header.append(signed ? make("th", { scope: "col", class: "up" }, make("span", {}, view.axis.words[each])) : head(null, view.axis.words[each], each));
    const caption = make("caption", { id: "map-caption" }, signed ? words.by_study : words.axes[view.axis.name] ?? words.alone);
    const table = make("table", { class: `map${signed ? " signed" : ""}`, role: "grid", "aria-labelledby": "map-caption" }, caption, make("thead", {}, header));
    table.style.setProperty("--columns", columns.length);
    let body, domain, subdomain;
    for (const row of view.rows) {
      if (factors.domain[row] !== domain) {
        [domain, subdomain] = [factors.domain[row], null];
        table.append(body = make("tbody", {}, group("domain", domain, columns.length)));
      }
      if (factors.subdomain[row] !== subdomain) {
        subdomain = factors.subdomain[row];
        if (subdomain && subdomain !== domain) body.append(group("subdomain", subdomain, columns.length));
      }
      const name = make("th", { scope: "row" }, factors.label[row]);
      body.append(make("tr", {}, name, cell(row, NOT_FOUND), ...columns.map((each) => cell(row, each))));
    }
    box.replaceChildren(table);
    const focus = cellAt(...at) ?? cells[0]?.button;
    if (focus) { focus.tabIndex = 0; at = placeOf(focus); if (held) focus.focus(); }
    $("#map-scrolls").hidden = box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight;
  }

  function head(kind, text, column) {
    const name = make("span", {}, text), note = make("span", { class: "note" });
    heads.push({ name, note, column });
    return make("th", { scope: "col", class: kind }, name, note);
  }

  function cell(row, column) {
    const key = column === NOT_FOUND ? ALL : view.axis.keys[column];
    const button = make("button", { type: "button", tabindex: -1, "data-row": row, "data-column": key, "aria-expanded": "false", "aria-controls": "map-panel" });
    cells.push({ row, column, button, td: make("td", { class: column === NOT_FOUND ? "all" : null }, button) });
    return cells.at(-1).td;
  }

  const group = (kind, text, width) => make("tr", { class: kind }, make("th", { scope: "rowgroup", colspan: width + 2 }, make("span", {}, text)));
  const nameOf = (key) => key === ALL ? (view.filtered ? words.some : words.all) : view.axis.words[view.axis.keys.indexOf(key)];
  const placeOf = (button) => [Number(button.dataset.row), button.dataset.column];
  const cellAt = (row, key) => box.querySelector(`button[data-row="${row}"][data-column="${CSS.escape(key)}"]`);

  // What a cell shows follows from what it is called: the same name needs nothing new.
  function fillCell(each, scale, signed) {
    const { row, column, button, td } = each, whole = column === NOT_FOUND, of = whole ? view.all : view.cells;
    const start = (whole ? row : row * view.width + column) * SIDES, there = shown.filter((side) => of[start + side]);
    const part = (side) => signed ? words.directions[side] : counted(words.counts[side], of[start + side]);
    const says = whole ? wholeSays(row).join("; ") : there.map(part).join(", ") || (signed ? words.silent : words.gap);
    const name = filled(words.cell, { factor: factors.label[row], column: nameOf(button.dataset.column), counts: says });
    if (name === each.name) return;
    each.name = name;
    button.setAttribute("aria-label", name);
    if (whole) return button.replaceChildren(...wholeLines(row));
    td.className = there.length ? "" : "none";
    if (signed) button.replaceChildren(...there.map((side) => make("span", { class: `count ${directions[side]}` }, signs[side])));
    else button.replaceChildren(...there.length ? [bubbles(start, scale)] : []);
  }

  function bubbles(start, { radius, slots, wide }) {
    const high = 2 * WIDEST + 16, svg = drawn("svg", { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, "aria-hidden": "true", focusable: "false" });
    let x = 0;
    shown.forEach((side, slot) => {
      const n = view.cells[start + side], middle = x + slots[slot] / 2, kind = directions[side];
      x += slots[slot];
      if (!n) return;
      svg.append(drawn("circle", { class: kind, cx: middle, cy: WIDEST, r: radius(n) }));
      svg.append(drawn("text", { class: kind, x: middle, y: high - 3, "text-anchor": "middle" }, `${signs[side]}${figure(n)}`));
    });
    return svg;
  }

  // All studies: n of N, and the ladder's word.
  const wordOf = (row, side) => side < JUDGED ? judgements[view.steps[row * SIDES + side]] : "";
  const partOf = (row, side) => filled(words.part, { part: view.all[row * SIDES + side], whole: view.total });
  const told = (row) => shown.filter((side) => side < JUDGED || view.all[row * SIDES + side]);
  const wholeSays = (row) => told(row).map((side) => filled(side < JUDGED ? words.judged : words.finding,
    { finding: factors.named[row][side], counted: partOf(row, side), judgement: wordOf(row, side) }));
  const wholeLines = (row) => told(row).map((side) => make("span", { class: `line count ${directions[side]}${view.all[row * SIDES + side] ? "" : " zero"}` },
    make("span", {}, signs[side]), make("span", {}, partOf(row, side)), make("span", { class: side < JUDGED && view.steps[row * SIDES + side] === OFTEN ? "word held" : "word" }, wordOf(row, side))));

  function pager(length) {
    const bar = $(".map-pager");
    bar.hidden = !view.total || length >= view.columns.length;
    const turn = (step) => {
      if (opened?.[1] !== ALL) opened = null; // its cell is no longer there
      from += step;
      update();
      write();
    };
    if (!bar.hidden) fillPager(bar, words, { first: from, length, of: view.columns.length, size: PAGE }, turn);
  }

  function legend(scale, signed) {
    const item = $(".map-legend .scale"), sizes = [...new Set([1, Math.round(scale.top / 4), scale.top])].filter((n) => n > 0);
    item.hidden = signed || !view.columns.length;
    $(".map-legend .gap").hidden = !view.columns.length;
    item.replaceChildren(words.scale, ...sizes.map((n) => {
      const wide = 2 * scale.radius(n) + 2, svg = drawn("svg", { width: wide, height: wide, "aria-hidden": "true" });
      svg.append(drawn("circle", { cx: wide / 2, cy: wide / 2, r: scale.radius(n) }));
      return make("span", { class: "size" }, svg, figure(n));
    }));
  }

  function tell() {
    const found = view.found === CODINGS && view.total === STUDIES ? words.everything : view.total ? words.found : words.none;
    const often = (side) => factors.factor_id.filter((_, row) => view.steps[row * SIDES + side] === OFTEN).length;
    const top = shown.filter((side) => side < JUDGED).map((side) => filled(words[`top_${directions[side]}`], { n: often(side) }));
    const numbers = { studies: view.total, codings: view.found, all_studies: STUDIES, all_codings: CODINGS };
    const oftenFound = filled(words.top, { counts: top.join(", ") }), rule = filled(view.own ? words.yours : words.declared, { required: view.required });
    status.textContent = view.total ? `${filled(found, numbers)} ${oftenFound}` : words.none;
    line(".rule-note", !view.total ? "" : view.total < view.required ? `${rule} ${words.too_few}` : rule);
    const choices = filters.choicesSaid("axis").join("; ");
    line(".picked", choices && filled(words.picked, { choices }));
    for (const field of [fields.min, fields.share]) {
      const message = $(`#${field.id}-refused`), wrong = filters.refused(field);
      message.hidden = !wrong;
      field.setAttribute("aria-invalid", wrong);
      if (wrong) field.setAttribute("aria-describedby", message.id);
      else field.removeAttribute("aria-describedby");
    }
    $(".rule-note").classList.toggle("own", view.own);
    const told = $("#map-filters .number");
    if (told) told.textContent = view.filtered ? ` (${view.filtered})` : "";
  }

  function line(selector, text) {
    $(selector).hidden = !text;
    $(selector).textContent = text || "";
  }

  const keptCodings = () => [...codings.coding_id.keys()].filter((n) => view.masks.keeps(n));

  // The panel: the studies behind a cell, and under each its codings.
  function fill() {
    const [row, key] = opened;
    panel.hidden = false;
    $("#map-panel-heading").textContent = filled(words.finding, { finding: factors.label[row], counted: nameOf(key) });
    const column = view.axis.keys.indexOf(key), whole = key === ALL ? view.total : view.sizes[column];
    const groups = shown.map((side) => ({ side, studies: new Map() })), body = $(".panel-body");
    for (const n of keptCodings()) {
      const study = codes.study[n];
      if (codes.factor[n] !== row || (key !== ALL && view.axis.of[study] !== column)) continue;
      const { studies: found } = groups[shown.indexOf(codes.direction[n])];
      found.set(study, [...found.get(study) ?? [], n]);
    }
    body.replaceChildren(...groups.filter((each) => each.studies.size).flatMap(({ side, studies: found }) => listed(row, side, [...found], whole)));
    if (!body.firstChild) body.append(make("p", { class: "gap" }, words.nobody));
    panel.scrollTop = 0;
  }

  function listed(row, side, found, whole) {
    const name = factors.named[row][side], list = make("ul", { class: "behind-cell" });
    const title = side < JUDGED ? make("a", { href: factors.card[row][side] }, name) : name;
    const sign = make("span", { "aria-hidden": "true" }, `${signs[side]} `), part = counted(words.of_studies, whole, { part: found.length });
    const heading = make("h3", { class: `count ${directions[side]}` }, sign, title, `: ${part}`);
    const more = make("button", { type: "button" }, words.more);
    let next = 0;
    const show = () => {
      const part = found.slice(next, next += LISTED).map(([study, its]) => studyItem(study, its));
      list.append(...part);
      more.hidden = next >= found.length;
      return part[0];
    };
    more.addEventListener("click", () => show().querySelector("a").focus());
    show();
    return [heading, list, ...found.length > LISTED ? [more] : []];
  }

  const clarity = facets.find((each) => each.name === "clarity");
  const wordFor = (each, n) => each.words[each.of[n]] ?? "";

  function studyItem(study, its) {
    const href = data.pages.study + encodeURIComponent(studies.study_id[study]);
    return make("li", {}, make("a", { href }, studies.label[study]), ...its.map(codingOf));
  }

  function codingOf(n) {
    const quote = codings.quote[n], page = codings.page[n], summary = codings.summary[n], id = codings.coding_id[n];
    const place = codes.publication[n], citation = publications.citation[place], href = publications.address[place];
    const cite = make("cite", { lang: "en" }, href ? make("a", { href, rel: "noreferrer" }, citation) : citation);
    const how = [clarity, codings.basis].map((each) => wordFor(each, n)).filter(Boolean).join("; ");
    const link = make("a", { href: data.pages.coding + encodeURIComponent(id), "aria-label": `${words.coding} ${id}` }, words.coding);
    return make("div", { class: "coding" },
      quote ? make("p", {}, make("q", { lang: "en" }, quote), page ? ` ${filled(words.page, { page })}` : null) : null,
      summary ? make("p", { lang: "en" }, summary) : null,
      make("p", { class: "note" }, cite, how ? ` ${how}. ` : " ", link));
  }

  function open(button) {
    opened = at = placeOf(button);
    write();
    show();
    cellAt(...opened)?.scrollIntoView({ block: "nearest", inline: "nearest" }); // the box is narrower now
    $("#map-panel-heading").focus();
    panel.scrollIntoView({ block: "nearest" });
  }

  function close(back = true) {
    opened = null;
    show();
    if (back) cellAt(...at)?.focus();
  }

  function show() {
    if (opened && !(view.rows.includes(opened[0]) && (opened[1] === ALL || view.columns.includes(view.axis.keys.indexOf(opened[1]))))) opened = null;
    for (const old of box.querySelectorAll("[aria-expanded=true]")) old.setAttribute("aria-expanded", "false");
    panel.hidden = !opened;
    if (!opened) return;
    cellAt(...opened)?.setAttribute("aria-expanded", "true");
    fill();
  }

  // The address: "#map?axis=design&year=2019&year=2020&factor=funding&column=survey".
  function write(anew = true) {
    const cell = opened ? { factor: factors.factor_id[opened[0]], column: opened[1] } : {};
    filters.write(anew, { ...(from ? { from: from + 1 } : {}), ...cell });
  }

  function read() {
    const [anchor, query] = location.hash.slice(1).split("?");
    if (anchor && anchor !== "map") return;
    const wanted = new URLSearchParams(query);
    filters.read(wanted);
    for (const each of form.querySelectorAll(".bar > details")) {
      each.open ||= each.querySelector(".some") || filters.changed().some((field) => each.contains(field));
    }
    from = Math.max(0, Math.floor(((Number(wanted.get("from")) || 1) - 1) / PAGE) * PAGE);
    const row = factors.factor_id.indexOf(wanted.get("factor"));
    opened = row >= 0 ? [row, wanted.get("column") ?? ALL] : null;
    if (opened) at = opened;
    update();
    write(false);
    if (opened) cellAt(...opened)?.scrollIntoView({ block: "center", inline: "nearest" });
  }

  function update() {
    recount();
    const place = opened ? view.columns.indexOf(view.axis.keys.indexOf(opened[1])) : NOT_FOUND;
    if (place >= 0) from = Math.floor(place / PAGE) * PAGE; // the columns with the cell that is opened
    draw();
    tell();
    show();
  }

  // The view as a file: a row for each coding that is shown.
  function download() {
    const chosen = filters.choicesSaid("axis").join("; ") || words.no_filter;
    const columns = {
      study_id: (n) => studies.study_id[codes.study[n]],
      study: (n) => studies.label[codes.study[n]],
      ...Object.fromEntries(facets.filter((each) => each.about === "studies").map((each) => [each.name, (n) => each.keys[each.of[codes.study[n]]]])),
      ...Object.fromEntries(["factor_id", "label", "domain", "subdomain"].map((name) => [name, (n) => factors[name][codes.factor[n]]])),
      direction: (n) => directions[codes.direction[n]],
      finding: (n) => factors.named[codes.factor[n]][codes.direction[n]],
      ...Object.fromEntries(["summary", "quote", "page"].map((name) => [name, (n) => codings[name][n]])),
      publication_id: (n) => publications.publication_id[codes.publication[n]],
      citation: (n) => publications.citation[codes.publication[n]],
      basis: (n) => wordFor(codings.basis, n),
      certainty_of_coding: (n) => wordFor(clarity, n),
      coding_id: (n) => codings.coding_id[n],
      filters: () => chosen,
      cite_as: () => data.cite,
    };
    const rows = [Object.keys(columns), ...keptCodings().map((n) => Object.values(columns).map((value) => value(n)))];
    const text = rows.map((row) => row.map(safe).join(",")).join("\n");
    const link = make("a", { href: URL.createObjectURL(new Blob(["\ufeff", text, "\n"], { type: "text/csv" })), download: `evidence-map-${data.cut}.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // As tables/files.py: what a spreadsheet would run as a formula has an apostrophe before it.
  function safe(value) {
    const text = String(value), quoted = /^[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(quoted) ? `"${quoted.replaceAll('"', '""')}"` : quoted;
  }

  // Keys: the map is one stop of the Tab key, and arrows move in it.
  const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], PageDown: [10, 0], PageUp: [-10, 0], Home: [0, -Infinity], End: [0, Infinity] };
  function move(event) {
    if (!(event.key in STEPS) || !event.target.matches("td button") || event.altKey || event.metaKey) return;
    event.preventDefault();
    const keys = [ALL, ...view.columns.slice(from, from + PAGE).map((n) => view.axis.keys[n])];
    const clamp = (n, end) => Math.min(Math.max(n, 0), end);
    let [down, right] = STEPS[event.key];
    if (event.ctrlKey && right && !Number.isFinite(right)) down = right;
    const row = view.rows[clamp(view.rows.indexOf(at[0]) + down, view.rows.length - 1)];
    rove(cellAt(row, keys[clamp(keys.indexOf(at[1]) + right, keys.length - 1)]));
  }

  function rove(button) {
    const before = cellAt(...at);
    if (before) before.tabIndex = -1;
    button.tabIndex = 0;
    at = placeOf(button);
    button.focus();
  }

  box.removeAttribute("tabindex"); // its cells take the focus
  box.addEventListener("keydown", move);
  box.addEventListener("click", (event) => {
    const button = event.target.closest("td button");
    if (button) { rove(button); open(button); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened) { close(); write(); }
  });
  panel.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) { close(); write(); }
  });
  form.addEventListener("input", (event) => { if (event.target.name === "axis") from = 0; update(); });
  form.addEventListener("change", () => write());
  form.addEventListener("reset", () => { from = 0; close(false); update(); write(); });
  form.querySelector("[data-download]").addEventListener("click", download);
  addEventListener("hashchange", read);
  form.hidden = false;
  read();
})();
