// Keeps the page up to date: fetches what the server draws for this address and morphs it in.

import { app } from "./api.js";
import { recall } from "./composer.js";
import { enter } from "./focus.js";
import { morph } from "./morph.js";
import { place } from "./popup.js";

// The hour on the clock moves although nothing happens.
const CLOCK_MS = 30_000;
const SEEN = "sandbox-seen";
const resting = new WeakSet();
let drawn = "";
let logs = new Set();
let running = null;
let again = false;

// One fetch at a time; whoever asks meanwhile gets the one after it.
export function refresh({ force = false } = {}) {
  if (force) drawn = "";
  if (running) {
    again = true;
    return running;
  }
  running = rounds().finally(() => { running = null; });
  return running;
}

export function follow() {
  const news = new EventSource("/_page/events");
  news.onmessage = ({ data }) => {
    if (data !== app().dataset.revision) refresh();
  };
  news.onopen = () => refresh();
  setInterval(refresh, CLOCK_MS);
  document.addEventListener("scroll", noteRest, true);
  document.addEventListener("load", pictureLoaded, true);
}

async function rounds() {
  do {
    again = false;
    await round();
  } while (again);
}

async function round() {
  const answer = await fetch(`/_page/view${location.search}`).catch(() => null);
  if (!answer?.ok) return;
  const html = await answer.text();
  if (html !== drawn) {
    drawn = html;
    show(html);
  }
  settle();
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("app");
  morph(app(), fresh);
  const now = new Set(document.querySelectorAll(".log"));
  for (const log of now) {
    if (resting.has(log) || !logs.has(log)) toEnd(log);
  }
  logs = now;
}

// A list rests when its end is in sight: then it follows what is added.
function toEnd(log) {
  log.scrollTop = log.scrollHeight;
  resting.add(log);
}

function noteRest({ target }) {
  if (!target.matches?.(".log")) return;
  const left = target.scrollHeight - target.scrollTop - target.clientHeight;
  if (left < 40) resting.add(target);
  else resting.delete(target);
}

function pictureLoaded({ target }) {
  const log = target.closest?.(".log");
  if (log && resting.has(log)) toEnd(log);
}

function settle() {
  document.title = app().dataset.title.trim();
  document.getElementById("actor").value = app().dataset.user;
  showTopView();
  markUnread();
  recall();
  place();
  document.documentElement.dataset.ready = "";
}

// Of a stack of views only the top one is shown; the others keep what was typed in them.
function showTopView() {
  const views = [...document.querySelectorAll("dialog.modal")];
  const top = views.pop();
  for (const view of views) if (view.open) view.close();
  if (!top || top.open) return;
  top.showModal();
  enter(top);
}

// A channel is unread when somebody else wrote in it after this browser last showed it.
function markUnread() {
  const { user, team, now, tab } = app().dataset;
  const seen = JSON.parse(sessionStorage.getItem(SEEN) ?? "null") ?? { begun: now };
  for (const link of document.querySelectorAll("[data-latest]")) {
    const key = `${team}/${user}/${link.dataset.channel}`;
    const latest = Number(link.dataset.latest);
    if (link.dataset.channel === tab) seen[key] = latest;
    link.toggleAttribute("data-unread", latest > Number(seen[key] ?? seen.begun));
  }
  sessionStorage.setItem(SEEN, JSON.stringify(seen));
}
