// What pages share that are explored: parts shown one after the other, and filters: what is chosen,
// how that is said, and the address that remembers it.
"use strict";
const figure = (value) => typeof value === "number" ? value.toLocaleString("en-GB") : value;
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => name in values ? figure(values[name]) : whole);

function make(tag, marks = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(marks)) if (value !== null && value !== false) made.setAttribute(name, value);
  made.append(...inside.filter((each) => each !== null));
  return made;
}

// A bar that leads from a part to the next, and keeps the focus.
function fillPager(bar, words, { first, length, of, size }, turn) {
  const active = bar.contains(document.activeElement) ? document.activeElement.dataset.step : null;
  const steps = [[words.earlier, -size, first > 0], [words.later, size, first + length < of]].map(([text, step, possible]) => {
    const button = make("button", { type: "button", "data-step": step, disabled: !possible }, text);
    button.addEventListener("click", () => turn(step));
    return button;
  });
  const where = make("span", { role: "status" }, filled(words.shown, { from: first + 1, to: first + length, of }));
  bar.replaceChildren(steps[0], where, steps[1]);
  if (active) (bar.querySelector(`[data-step="${active}"]:not([disabled])`) ?? bar.querySelector("button:not([disabled])")).focus();
}

// Of the values of a choice a reader ticks some; none and all are no filter. A value that an address
// asks for and the page lacks becomes a tick of its own, which matches nothing. ``applies`` says of a
// field's name and value whether it can be applied, ``more`` of each other name in the address
// whether the page has its value.
const filtersOf = (form, anchor, applies = () => true, more = {}) => {
  const choices = new Map([...form.querySelectorAll(".choice")].map((each) => [each.dataset.name, each]));
  const fields = [...form.elements].filter((each) => each.name && !each.closest(".choice"));
  const ticks = (name) => [...choices.get(name).querySelectorAll("input")];
  const ticked = (name) => ticks(name).every((each) => each.checked) ? [] : ticks(name).filter((each) => each.checked);
  const chosen = () => Object.fromEntries([...choices.keys()].map((name) => [name, ticked(name).map((each) => each.value)]).filter(([, values]) => values.length));

  const initial = (field) => field.type === "checkbox" ? "" : field.defaultValue ?? field.options[0].value;
  const valueOf = (field) => field.type === "checkbox" && !field.checked ? "" : field.value;
  const refused = (field) => valueOf(field) !== initial(field) && !applies(field.name, valueOf(field));
  const changed = () => fields.filter((field) => valueOf(field) !== initial(field) && !refused(field));

  // All that is chosen, in words; but for the field that is named, which chooses no evidence.
  const listed = (some) => some.map((each) => each.parentElement.textContent.trim()).join(", ");
  function said(name) {
    const some = ticked(name), others = ticks(name).filter((each) => !each.checked);
    return others.length < some.length ? filled(form.dataset.but, { values: listed(others) }) : listed(some);
  }
  const choicesSaid = (but) => [
    ...Object.keys(chosen()).map((name) => `${choices.get(name).dataset.label}: ${said(name)}`),
    ...changed().filter((field) => field.name !== but).map((field) => {
      const label = field.labels[0].textContent;
      return field.type === "checkbox" ? label : `${label}: ${field.selectedOptions?.[0].textContent ?? field.value}`;
    }),
  ];

  // What an address asks for that is not here is told, and cut short: its words are a stranger's.
  const here = (field, value) => field.type === "checkbox" ? value === field.value : !field.options || [...field.options].some((each) => each.value === value);
  function has([name, value]) {
    if (choices.has(name)) return !value || ticks(name).some((each) => each.value === value && !each.closest(".stranger"));
    const field = fields.find((each) => each.name === name);
    return field ? here(field, value) : Object.hasOwn(more, name) && more[name](value);
  }
  function tell(wanted = []) {
    const absent = [...wanted].filter((each) => !has(each)).slice(0, 5), line = form.querySelector(".not-here");
    line.hidden = !absent.length;
    line.textContent = filled(form.dataset.absent, { asked: absent.map((each) => each.join("=").slice(0, 60)).join("; ") });
    for (const [name, each] of choices) {
      each.classList.toggle("some", ticked(name).length > 0);
      each.querySelector(".chosen").textContent = said(name) || form.dataset.all;
    }
  }

  function read(wanted = new URLSearchParams()) {
    for (const old of form.querySelectorAll(".stranger")) old.remove();
    for (const [name, each] of choices) {
      const asked = new Set(wanted.getAll(name).filter(Boolean));
      for (const tick of ticks(name)) tick.checked = asked.delete(tick.value);
      for (const value of asked) {
        const tick = make("input", { type: "checkbox", name, value, checked: true });
        each.querySelector("legend").after(make("label", { class: "stranger" }, tick, ` ${value.slice(0, 60)}`));
      }
    }
    for (const field of fields) {
      const value = wanted.get(field.name), taken = value !== null && here(field, value) && applies(field.name, value);
      if (field.type === "checkbox") field.checked = taken;
      else field.value = taken ? value : initial(field);
    }
    tell(wanted);
  }

  // The address, in the order of the form; ``last`` comes after it.
  function write(anew = true, last = {}) {
    const asked = new URLSearchParams(), all = chosen(), own = changed();
    for (const name of new Set([...form.elements].map((each) => each.name))) {
      for (const value of all[name] ?? []) asked.append(name, value);
      for (const field of own) if (field.name === name) asked.set(name, field.value);
    }
    for (const [name, value] of Object.entries(last)) asked.set(name, value);
    const now = asked.size ? `#${anchor}?${asked}` : "";
    if (now !== location.hash) history[anew ? "pushState" : "replaceState"](null, "", now || location.pathname + location.search);
    keepPlace();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => { event.preventDefault(); read(); });
  form.addEventListener("input", () => tell());
  form.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-others]")?.closest(".choice");
    if (!choice) return;
    for (const tick of ticks(choice.dataset.name)) tick.checked = !tick.checked;
    for (const kind of ["input", "change"]) choice.dispatchEvent(new Event(kind, { bubbles: true }));
  });
  return { chosen, changed, refused, choicesSaid, read, write };
};
