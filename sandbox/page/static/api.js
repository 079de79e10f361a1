// The control API, spoken for the member whose eyes we look through.

export const app = () => document.getElementById("app");

export async function call(path, body = {}) {
  const { user, team } = app().dataset;
  const message = { user, ...(team && { team }), wait: "ack", ...body };
  try {
    const answer = await fetch(`/_sandbox/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(message),
    });
    return await answer.json();
  } catch {
    return { ok: false, error: "no_connection" };
  }
}

const SENTENCES = {
  no_connection: "Sandkassen svarer ikke. Kører den stadig?",
  app_not_installed: "Appen er ikke installeret her.",
  clock_backwards: "Uret er allerede forbi det tidspunkt.",
  is_archived: "Kanalen er arkiveret.",
  messages_tab_disabled: "Appen tager ikke imod beskeder her. Kommandoer virker.",
  not_in_channel: "Du er ikke med i kanalen.",
};
// The app did not answer, or not as Slack wants it.
const UNANSWERED = /^(operation_timeout|dispatch_|http_)/;

export function sentence(error) {
  if (SENTENCES[error]) return SENTENCES[error];
  if (UNANSWERED.test(error)) return "Vi havde problemer med at forbinde. Prøv igen.";
  return `Det kunne ikke lade sig gøre (${error}).`;
}

let fading;

// A modal lies above everything else, so it carries the sentence itself.
export function notice(text) {
  const place = document.querySelector("dialog.modal[open] .banner") ?? document.getElementById("notice");
  place.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => { place.textContent = ""; }, 8000);
}

// Calls, and says so when it failed; answers whether it went well.
export async function act(path, body) {
  const answer = await call(path, body);
  if (!answer.ok) notice(sentence(answer.error));
  return Boolean(answer.ok);
}

export async function upload(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  const answer = await call("upload", { name: file.name, content_base64: btoa(binary) });
  if (!answer.ok) notice(sentence(answer.error));
  return answer.id;
}
