// Brings the page up to date without replacing what is still there: focus, caret, scroll position
// and what somebody is typing survive. Nodes are the same when their tag and id are.
//
//   data-keep   the content belongs to the browser and is left alone
//   data-dirty  set on a field that somebody changed: its value is left alone
//   data-hold   content that is left alone inside a changed field

// Set by the scripts, never by the server.
const OURS = new Set([
  "open", "style", "disabled", "aria-busy", "aria-expanded", "aria-invalid",
  "aria-activedescendant", "data-dirty", "data-unread",
]);

export function morph(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  syncAttributes(old, fresh);
  syncValue(old, fresh);
  if (old.hasAttribute("data-keep")) return;
  if (old.hasAttribute("data-hold") && old.closest("[data-dirty]")) return;
  if (old.tagName === "TEMPLATE") {
    if (old.innerHTML !== fresh.innerHTML) old.innerHTML = fresh.innerHTML;
  } else if (old.tagName !== "TEXTAREA") {
    syncChildren(old, fresh);
  }
}

function syncAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !OURS.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!OURS.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
    if (name === "aria-expanded" && !old.hasAttribute(name)) old.setAttribute(name, value);
  }
}

// A field that nobody has touched shows what the server says.
function syncValue(old, fresh) {
  const field = old.closest("[data-el]");
  if (!field || field.hasAttribute("data-dirty") || old === document.activeElement) return;
  if (old.type === "checkbox" || old.type === "radio") {
    old.checked = fresh.checked;
  } else if ((old.tagName === "INPUT" && old.type !== "file") || old.tagName === "TEXTAREA") {
    if (old.value !== fresh.value) old.value = fresh.value;
  }
}

function syncChildren(old, fresh) {
  const wanted = new Set([...fresh.children].map((child) => child.id).filter(Boolean));
  const mine = new Map();
  for (const child of [...old.children]) {
    if (!child.id) continue;
    if (wanted.has(child.id)) mine.set(child.id, child);
    else discard(child);
  }
  let place = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const same = next.id ? mine.get(next.id) : place;
    if (same && !same.id === !next.id && same.nodeName === next.nodeName) {
      if (same === place) place = place.nextSibling;
      else old.insertBefore(same, place);
      morph(same, next);
    } else {
      old.insertBefore(document.importNode(next, true), place);
    }
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    discard(gone);
  }
}

// Closing a dialog first gives the focus back to where it came from.
function discard(node) {
  if (node.tagName === "DIALOG" && node.open) node.close();
  node.remove();
}
