// Selects: a text field that filters a list. Static choices stand in a template of the element or
// of the page; those of an external select come from the app while somebody types.

import { call } from "./api.js";
import { address, chip, fieldOf, surfaceOf, touch, valueOf } from "./field.js";
import { close, open, place, popup } from "./popup.js";

const TYPING_PAUSE_MS = 150;
let asked = 0;
let pause;

export const isCombo = (node) => node instanceof HTMLInputElement && node.getAttribute("role") === "combobox";

const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));
const isOpen = (input) => popup() === listOf(input);
const options = (list) => [...list.querySelectorAll("[role=option]:not([hidden])")];

export function show(input, query = "") {
  const list = listOf(input);
  const field = fieldOf(input);
  if (field.dataset.minQuery !== undefined) {
    suggest(input, query);
  } else {
    fill(input, [...source(field).querySelectorAll("[role=option]")].map((one) => one.cloneNode(true)));
    filter(list, query);
    settle(input);
  }
  open(list, input);
}

// Leaving the field without a choice gives back the label of the present one.
export function leave(input) {
  if (isOpen(input)) close();
  const field = fieldOf(input);
  if (!field) return;
  const present = field.querySelector("[data-chip] > span")?.textContent ?? "";
  input.value = field.dataset.shape === "many" ? "" : present;
}

export function key(event, choose) {
  const input = event.target;
  const list = listOf(input);
  const active = list.querySelector("[aria-current]");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (isOpen(input)) step(input, event.key === "ArrowDown" ? 1 : -1);
    else show(input);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (!isOpen(input)) show(input);
    else if (active) choose(active);
  } else if (event.key === "Backspace" && !input.value && fieldOf(input).dataset.shape === "many") {
    fieldOf(input).querySelector("[data-chip]:last-child [data-do=drop]")?.click();
  }
}

// Takes a choice over into the field; answers whether that changed the value.
export function pick(option) {
  const field = fieldOf(option);
  const input = field.querySelector("[role=combobox]");
  const chips = field.querySelector(".chips");
  const before = JSON.stringify(valueOf(field));
  const label = option.querySelector("span").textContent;
  const present = [...chips.children].find((one) => one.dataset.value === option.dataset.value);
  if (field.dataset.shape === "many") {
    if (present) present.remove();
    else chips.append(chip(option.dataset.value, label));
    input.value = "";
    filter(listOf(input), "");
    settle(input);
    place();
  } else {
    chips.replaceChildren(chip(option.dataset.value, label));
    input.value = label;
    close();
  }
  input.focus();
  touch(field);
  return JSON.stringify(valueOf(field)) !== before;
}

export function clear(field) {
  field.querySelector(".chips").replaceChildren();
  field.querySelector("[role=combobox]").value = "";
  touch(field);
}

function source(field) {
  const { pool } = field.dataset;
  const template = pool ? document.getElementById(`pool-${pool}`) : field.querySelector("template");
  return template.content;
}

function fill(input, nodes) {
  const list = listOf(input);
  const groups = new Map();
  list.replaceChildren();
  for (const [place, node] of nodes.entries()) {
    node.id = `${list.id}-${place}`;
    const { group } = node.dataset;
    if (group && !groups.has(group)) groups.set(group, heading(list, group));
    (groups.get(group) ?? list).append(node);
  }
}

function heading(list, name) {
  const group = document.createElement("div");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", name);
  list.append(group);
  return group;
}

function filter(list, query) {
  const words = query.trim().toLocaleLowerCase("da");
  for (const option of list.querySelectorAll("[role=option]")) {
    option.hidden = !option.textContent.toLocaleLowerCase("da").includes(words);
  }
}

// Marks what is chosen, makes the first choice the active one, and says so when there is none.
function settle(input) {
  const list = listOf(input);
  const chosen = [valueOf(fieldOf(input))].flat();
  for (const option of list.querySelectorAll("[role=option]")) {
    option.setAttribute("aria-selected", String(chosen.includes(option.dataset.value)));
  }
  const found = options(list);
  say(list, found.length ? "" : "Ingen fundet");
  activate(input, found.find((one) => one.getAttribute("aria-selected") === "true") ?? found[0]);
}

function say(list, text) {
  list.querySelector(".status")?.remove();
  if (!text) return;
  const row = document.createElement("p");
  row.className = "status";
  row.setAttribute("role", "status");
  row.textContent = text;
  list.append(row);
}

function step(input, by) {
  const found = options(listOf(input));
  const at = found.findIndex((one) => one.hasAttribute("aria-current"));
  activate(input, found[(at + by + found.length) % found.length]);
}

function activate(input, option) {
  for (const one of listOf(input).querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
  input.removeAttribute("aria-activedescendant");
  if (!option) return;
  option.setAttribute("aria-current", "true");
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function suggest(input, query) {
  const field = fieldOf(input);
  const least = Number(field.dataset.minQuery);
  const list = listOf(input);
  clearTimeout(pause);
  asked += 1;
  list.replaceChildren();
  if (query.trim().length < least) {
    say(list, least === 1 ? "Skriv for at søge" : `Skriv mindst ${least} tegn`);
    return;
  }
  say(list, "Søger …");
  pause = setTimeout(ask, TYPING_PAUSE_MS, input, query, asked);
}

async function ask(input, query, turn) {
  const field = fieldOf(input);
  const { actionId, blockId } = field.dataset;
  const where = address(surfaceOf(field));
  const answer = await call("suggest", { ...where, action_id: actionId, block_id: blockId, value: query });
  if (turn !== asked || !input.isConnected) return;
  const groups = answer.option_groups ?? (answer.options ? [answer] : null);
  if (!groups) {
    listOf(input).replaceChildren();
    say(listOf(input), "Forslagene kunne ikke hentes. Prøv igen.");
    return;
  }
  fill(input, groups.flatMap((group) => group.options.map((one) => node(one, group.label?.text))));
  settle(input);
  place();
}

function node(option, group) {
  const row = document.createElement("div");
  row.setAttribute("role", "option");
  row.dataset.value = option.value;
  if (group) row.dataset.group = group;
  const name = document.createElement("span");
  name.textContent = option.text.text;
  row.append(name);
  if (option.description) {
    const more = document.createElement("small");
    more.textContent = option.description.text;
    row.append(more);
  }
  return row;
}
