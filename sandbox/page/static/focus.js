// Where the keyboard is: a dialog takes it, keeps it, and walks it round.

const REACHABLE = "a[href], button, input, textarea, select, [tabindex='0']";

const reachable = (place) => [...place.querySelectorAll(REACHABLE)].filter(
  (one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0,
);

// The field that asks for it, else the first one, else the title.
export function enter(dialog) {
  const first = dialog.querySelector(".body [autofocus]")
    ?? reachable(dialog.querySelector(".body"))[0]
    ?? dialog.querySelector("h2");
  first.focus();
}

export function walkRound(event) {
  const dialog = event.target.closest?.("dialog[open]");
  if (!dialog) return;
  const all = reachable(dialog);
  const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  if (event.target !== from) return;
  event.preventDefault();
  to.focus();
}
