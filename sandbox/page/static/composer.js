// The line where one writes: slash commands with completion, messages, files.

import { act, call, notice, sentence } from "./api.js";
import { addFiles } from "./field.js";
import { close, open, popup } from "./popup.js";

export const composerOf = (node) => node.closest?.(".composer");

const drafts = new Map();
const text = (form) => form.querySelector("textarea");
const commands = (form) => form.querySelector("[role=listbox]");

export function typed(form) {
  drafts.set(form.id, text(form).value);
  grow(text(form));
  complete(form);
}

// A draft comes back when its channel does.
export function recall() {
  for (const form of document.querySelectorAll(".composer")) {
    if (!text(form).value && drafts.get(form.id)) text(form).value = drafts.get(form.id);
    grow(text(form));
  }
}

export function key(event, form) {
  const list = commands(form);
  const active = list && popup() === list && list.querySelector("[aria-selected=true]");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!active) return;
    event.preventDefault();
    step(form, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Tab" && active) {
    event.preventDefault();
    choose(active);
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (active && text(form).value.trim() !== active.dataset.command) choose(active);
    else form.requestSubmit();
  }
}

export function choose(option) {
  const form = composerOf(option);
  text(form).value = `${option.dataset.command} `;
  text(form).focus();
  typed(form);
}

export function attach(form) {
  form.querySelector("[data-files]").click();
}

export async function attached(form) {
  await addFiles(form.querySelector("[data-files]"), form.querySelector(".chips"));
  text(form).focus();
}

export async function send(form) {
  const line = text(form).value.trim();
  const chips = form.querySelector(".chips");
  const files = [...chips.querySelectorAll("[data-chip]")].map((one) => one.dataset.value);
  if (!line && !files.length) return;
  const command = slash(form, line);
  if (command && form.dataset.thread) {
    notice(`${command} kan ikke bruges i en tråd.`);
    return;
  }
  text(form).value = "";
  typed(form);
  const sent = command ? await run(form, command, line) : await write(form, line, files);
  if (sent) chips.replaceChildren();
  else giveBack(form, line);
}

async function run(form, command, line) {
  const rest = line.slice(command.length).trim();
  const { address: channel } = form.dataset;
  const answer = await call("slash", { channel, command, text: rest });
  if (!answer.ok) notice(`${command}: ${sentence(answer.error)}`);
  return answer.ok;
}

function write(form, line, files) {
  const { address: channel, thread } = form.dataset;
  return act("message", {
    channel, text: line, ...(thread && { thread_ts: thread }), ...(files.length && { files }),
  });
}

function giveBack(form, line) {
  if (text(form).value) return;
  text(form).value = line;
  drafts.set(form.id, line);
  grow(text(form));
}

function slash(form, line) {
  const word = line.split(/\s/, 1)[0];
  const known = document.querySelectorAll(".composer [data-command]");
  return [...known].some((one) => one.dataset.command === word) ? word : null;
}

function complete(form) {
  const list = commands(form);
  if (!list) return;
  const start = text(form).value;
  const searching = /^\/\S*$/.test(start);
  const found = [...list.children].filter((one) => {
    one.hidden = !(searching && one.dataset.command.startsWith(start));
    return !one.hidden;
  });
  if (!found.length) {
    if (popup() === list) close();
    text(form).removeAttribute("aria-activedescendant");
    return;
  }
  mark(form, found[0]);
  open(list, text(form));
}

function step(form, by) {
  const found = [...commands(form).children].filter((one) => !one.hidden);
  const at = found.findIndex((one) => one.getAttribute("aria-selected") === "true");
  mark(form, found[(at + by + found.length) % found.length]);
}

function mark(form, option) {
  for (const one of commands(form).children) {
    one.setAttribute("aria-selected", String(one === option));
  }
  text(form).setAttribute("aria-activedescendant", option.id);
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, 200)}px`;
}
