// Menus and lists that float above the page, one at a time, and questions before an action.

const GAP = 4;
let shown = null;

export const popup = () => shown?.box ?? null;
export const opener = () => shown?.anchor ?? null;

export function open(box, anchor) {
  if (shown?.box !== box) close();
  shown = { box, anchor };
  if (!box.matches(":popover-open")) box.showPopover();
  anchor.setAttribute("aria-expanded", "true");
  place();
}

export function close() {
  if (!shown) return;
  const { box, anchor } = shown;
  shown = null;
  if (box.isConnected && box.matches(":popover-open")) box.hidePopover();
  if (anchor.getAttribute("aria-expanded")) anchor.setAttribute("aria-expanded", "false");
}

export function place() {
  if (!shown) return;
  const { box, anchor } = shown;
  if (!anchor.isConnected || !box.isConnected) { close(); return; }
  const frame = (anchor.closest(".combo, .composer") ?? anchor).getBoundingClientRect();
  if (frame.bottom < 0 || frame.top > innerHeight) { close(); return; }
  if (box.getAttribute("role") === "listbox") box.style.width = `${frame.width}px`;
  const { width, height } = box.getBoundingClientRect();
  const below = frame.bottom + GAP;
  const fits = below + height <= innerHeight && !anchor.closest(".composer");
  const top = fits ? below : Math.max(GAP, frame.top - height - GAP);
  const from = anchor.closest(".tools") ? frame.right - width : frame.left;
  box.style.top = `${top}px`;
  box.style.left = `${Math.max(GAP, Math.min(from, innerWidth - width - GAP))}px`;
}

export function toggleMenu(box, anchor) {
  if (shown?.box === box && shown.anchor === anchor) { close(); return; }
  open(box, anchor);
  box.querySelector("[role=menuitem]")?.focus();
}

// Arrow keys walk a menu; Escape goes back to where it was opened.
export function menuKey(event) {
  const items = [...shown.box.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  } else if (event.key === "Tab") {
    close();
  }
}

// Asks the element's own question; true when there is none, or when the answer is yes.
export function confirmed(field) {
  const dialog = field.querySelector(":scope > dialog.confirm");
  if (!dialog) return Promise.resolve({ yes: true, asked: false });
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener(
      "close",
      () => answer({ yes: dialog.returnValue === "yes", asked: true }),
      { once: true },
    );
  });
}
