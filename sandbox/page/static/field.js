// Fields: what somebody filled in, in the short form that the control API takes.

import { upload } from "./api.js";

export const fieldOf = (node) => node.closest("[data-el]");
export const surfaceOf = (node) => node.closest("[data-surface]");

export function valueOf(field) {
  const chosen = [...field.querySelectorAll("[data-chip], input:checked")];
  const values = chosen.map((one) => one.dataset.value ?? one.value);
  switch (field.dataset.shape) {
    case "many": return values;
    case "one": return values[0] ?? null;
    case "datetime": return seconds(control(field).value, field.dataset.zone);
    default: return control(field).value || null;
  }
}

// Only what was changed: the sandbox knows the initial values itself.
export function typedIn(surface) {
  const values = {};
  for (const field of surface.querySelectorAll("[data-el][data-dirty]")) {
    const { blockId, actionId } = field.dataset;
    (values[blockId] ??= {})[actionId] = valueOf(field);
  }
  return values;
}

export function address(surface) {
  const { surface: kind, viewId, channel, ts } = surface.dataset;
  return kind === "view" ? { view_id: viewId } : { message: { channel, ts } };
}

export function touch(field) {
  field.setAttribute("data-dirty", "");
  showError(field, "");
}

export function control(field) {
  return field.querySelector("input:not([type=file]), textarea, input");
}

export function showError(field, text) {
  const place = field.parentElement.querySelector(":scope > .field-error");
  if (!place) return;
  if (place.textContent !== text) place.textContent = text;
  for (const input of field.querySelectorAll("input, textarea")) {
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

export function chip(value, label) {
  const node = document.createElement("span");
  node.className = "chip";
  node.dataset.chip = "";
  node.dataset.value = value;
  const name = document.createElement("span");
  name.textContent = label;
  const drop = document.createElement("button");
  drop.type = "button";
  drop.dataset.do = "drop";
  drop.textContent = "×";
  drop.setAttribute("aria-label", `Fjern ${label}`);
  node.append(name, drop);
  return node;
}

export async function addFiles(input, chips) {
  const files = [...input.files];
  input.value = "";
  for (const file of files) {
    const id = await upload(file);
    if (id) chips.append(chip(id, file.name));
  }
}

// The Unix time of a wall-clock time in a zone. The first guess takes the wall for UTC; the second
// round is for the hours around a change to or from summer time.
function seconds(wall, zone) {
  if (!wall) return null;
  const target = Date.parse(`${wall}Z`);
  let guess = target;
  for (let round = 0; round < 2; round += 1) guess += target - wallIn(guess, zone);
  return Math.round(guess / 1000);
}

function wallIn(instant, zone) {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone, dateStyle: "short", timeStyle: "medium",
  });
  return Date.parse(`${format.format(instant).replace(" ", "T")}Z`);
}
