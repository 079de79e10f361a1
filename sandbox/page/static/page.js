// The page: shows what the server drew, and turns what somebody does into calls of the control API.

import { act, app, call, notice, sentence } from "./api.js";
import * as combo from "./combo.js";
import * as composer from "./composer.js";
import { address, addFiles, control, fieldOf, showError, surfaceOf, touch, typedIn, valueOf } from "./field.js";
import { walkRound } from "./focus.js";
import { follow, refresh } from "./refresh.js";
import { close, confirmed, menuKey, opener, place, popup, toggleMenu } from "./popup.js";

const TYPING_PAUSE_MS = 300;
let pause;

// --- going somewhere ---

async function go(link) {
  close();
  history.pushState(null, "", link);
  await arrive();
}

async function arrive() {
  await refresh();
  if (app().dataset.tab === "@home" && await act("home")) await refresh();
}

// --- elements ---

// Tells the app about an element, after its own question if it has one.
async function press(field, value) {
  const surface = surfaceOf(field);
  const { yes, asked } = await confirmed(field);
  if (!yes) {
    await restore(field);
    return;
  }
  const { actionId, blockId } = field.dataset;
  field.setAttribute("aria-busy", "true");
  await act("click", {
    ...address(surface),
    action_id: actionId,
    block_id: blockId,
    values: typedIn(surface),
    ...(value !== undefined && { value }),
    ...(asked && { confirm: true }),
  });
  field.removeAttribute("aria-busy");
  await refresh();
}

// A second click while the first is on its way is one too many.
function once(field, value) {
  if (!field.hasAttribute("aria-busy")) press(field, value);
}

// After a no the field shows again what it showed before; a focused field is never overwritten.
async function restore(field) {
  const focused = document.activeElement;
  focused?.blur();
  field.removeAttribute("data-dirty");
  await refresh({ force: true });
  focused?.focus();
}

function changed(field) {
  touch(field);
  if (field.dataset.speaks.includes("change")) press(field, valueOf(field));
}

// --- modals ---

async function submit(dialog) {
  if (dialog.hasAttribute("aria-busy")) return;
  busy(dialog, true);
  const answer = await call("submit", { view_id: dialog.dataset.viewId, values: typedIn(dialog) });
  busy(dialog, false);
  complain(dialog, answer);
  await refresh();
}

function busy(dialog, yes) {
  if (yes) dialog.setAttribute("aria-busy", "true");
  else dialog.removeAttribute("aria-busy");
  const button = dialog.querySelector("footer [type=submit]");
  if (button) button.disabled = yes;
}

function complain(dialog, { ok, error, errors }) {
  const wrong = errors ?? {};
  for (const field of dialog.querySelectorAll("[data-el]")) {
    showError(field, wrong[field.dataset.blockId] ?? "");
  }
  const first = dialog.querySelector("[aria-invalid]");
  const general = error ? sentence(error) : Object.values(wrong).join(" ");
  dialog.querySelector(".banner").textContent = ok || first ? "" : general;
  first?.focus();
}

async function closeView(dialog) {
  await act("close", { view_id: dialog.dataset.viewId });
  await refresh();
}

// --- what buttons do ---

const DO = {
  press: (node) => once(fieldOf(node)),
  pick: (node) => { close(); once(fieldOf(node), node.dataset.value); },
  menu: (node) => toggleMenu(document.getElementById(node.getAttribute("aria-controls")), node),
  "message-menu": (node) => toggleMenu(document.getElementById("message-menu"), node),
  confirm: (node) => node.closest("dialog").close("yes"),
  deny: (node) => node.closest("dialog").close(),
  close: (node) => closeView(node.closest("dialog")),
  clear: (node) => { combo.clear(fieldOf(node)); changed(fieldOf(node)); },
  attach: (node) => { close(); composer.attach(composer.composerOf(node)); },
  drop(node) {
    const field = fieldOf(node);
    node.closest("[data-chip]").remove();
    if (!field) return;
    control(field).focus();
    changed(field);
  },
  async shortcut(node) {
    const message = opener()?.closest("[data-surface=message]");
    close();
    const where = message ? address(message) : {};
    if (await act("shortcut", { callback_id: node.dataset.callbackId, ...where })) await refresh();
  },
  async wind(node) {
    const winders = document.getElementById("winders");
    if (winders.hasAttribute("aria-busy")) return;
    winders.setAttribute("aria-busy", "true");
    await refresh();
    const { advance, until } = node.dataset;
    const answer = await call("clock", advance ? { advance: Number(advance) } : { now: until });
    if (!answer.ok) notice(answer.behind ? "Uret går, men appen er ikke fulgt med endnu." : sentence(answer.error));
    winders.removeAttribute("aria-busy");
    await refresh();
  },
};

document.addEventListener("click", (event) => {
  const node = event.target.closest("[data-do], [data-go], [role=option], [role=combobox]");
  if (popup() && !popup().contains(event.target) && node !== opener()) close();
  if (!node) return;
  if (node.dataset.do) DO[node.dataset.do](node);
  else if (node.hasAttribute("data-go")) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(node.href);
  } else if (combo.isCombo(node)) {
    if (popup() !== document.getElementById(node.getAttribute("aria-controls"))) combo.show(node);
  } else if (node.dataset.command) composer.choose(node);
  else choose(node);
});

function choose(option) {
  const field = fieldOf(option);
  if (combo.pick(option)) changed(field);
}

// A list must not take the focus from the field it belongs to.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[role=listbox]")) event.preventDefault();
});

document.addEventListener("input", (event) => {
  const { target } = event;
  const form = composer.composerOf(target);
  if (form && target.matches("textarea")) composer.typed(form);
  else if (combo.isCombo(target)) combo.show(target, target.value);
  else if (fieldOf(target) && target.matches("textarea, input:not([type=radio], [type=checkbox], [type=file])")) {
    const field = fieldOf(target);
    touch(field);
    if (!field.dataset.speaks.includes("type")) return;
    clearTimeout(pause);
    pause = setTimeout(() => press(field, valueOf(field)), TYPING_PAUSE_MS);
  }
});

document.addEventListener("change", async (event) => {
  const { target } = event;
  if (target.id === "actor") {
    const query = new URLSearchParams(location.search);
    query.set("user", target.value);
    query.delete("thread");
    await go(`/?${query}`);
  } else if (target.matches("[data-files]")) {
    await composer.attached(composer.composerOf(target));
  } else if (target.type === "file") {
    const field = fieldOf(target);
    await addFiles(target, field.querySelector(".chips"));
    changed(field);
  } else if (target.matches("[type=radio], [type=checkbox]") || settledDate(target)) {
    changed(fieldOf(target));
  }
});

// While a year is being typed, a date field passes through the years 2, 20 and 202.
function settledDate(input) {
  if (input.type === "time") return true;
  return ["date", "datetime-local"].includes(input.type) && !input.value.startsWith("0");
}

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = composer.composerOf(event.target);
  if (!form) { await submit(event.target.closest("dialog")); return; }
  await composer.send(form);
  await refresh();
});

document.addEventListener("focusout", ({ target }) => {
  if (combo.isCombo(target)) combo.leave(target);
});

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.key === "Escape") { escape(event); return; }
  if (event.key === "Tab") walkRound(event);
  const form = composer.composerOf(target);
  if (popup()?.getAttribute("role") === "menu") menuKey(event);
  else if (combo.isCombo(target)) combo.key(event, choose);
  else if (form && target.matches("textarea")) composer.key(event, form);
  else if (event.key === "Enter" && fieldOf(target)?.dataset.speaks.includes("enter") && target.matches("input")) {
    event.preventDefault();
    press(fieldOf(target), valueOf(fieldOf(target)));
  }
});

function escape(event) {
  const anchor = opener();
  const asking = document.querySelector("dialog.confirm[open]");
  const modal = document.querySelector("dialog.modal[open]");
  if (!anchor && !asking && !modal) return;
  event.preventDefault();
  if (anchor) { close(); anchor.focus(); }
  else if (asking) asking.close();
  else closeView(modal);
}

// The back gesture of a phone.
document.addEventListener("cancel", (event) => {
  if (!event.target.matches("dialog.modal")) return;
  event.preventDefault();
  closeView(event.target);
}, true);

addEventListener("popstate", arrive);
addEventListener("resize", place);
document.addEventListener("scroll", (event) => {
  if (popup() && !popup().contains(event.target)) place();
}, true);

follow();
arrive();
