/* Small help where a script makes work lighter. Every page does its work without this file. */
"use strict";

const SAVE_EVERY_MS = 5000;

function token() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field ? field.value : "";
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function postDraft(url, text) {
  const body = new FormData();
  body.append("text", text);
  body.append("csrfmiddlewaretoken", token());
  return fetch(url, { method: "POST", body, redirect: "manual" });
}

/* Autosave: textarea[data-autosave=URL]. GET answers 204 or {text, saved_at}; POST `text` answers 2xx. */
function offerDraft(area, draft) {
  const box = element("div", "draft");
  box.setAttribute("role", "status");
  box.append(element("p", "", `Er is een niet bewaarde tekst van ${draft.saved_at}.`));
  const shown = element("div", "version", draft.text);
  const buttons = element("div", "form-actions");
  const restore = element("button", "btn quiet", "Terugzetten");
  const discard = element("button", "btn plain", "Weggooien");
  restore.type = discard.type = "button";
  restore.addEventListener("click", () => { area.value = draft.text; box.remove(); area.focus(); });
  discard.addEventListener("click", () => { postDraft(area.dataset.autosave, ""); box.remove(); area.focus(); });
  buttons.append(restore, discard);
  box.append(shown, buttons);
  area.before(box);
}

function autosave(area) {
  const status = element("p", "autosave");
  status.setAttribute("role", "status");
  area.after(status);
  let saved = area.value;
  let running = false;
  fetch(area.dataset.autosave, { redirect: "manual", headers: { Accept: "application/json" } })
    .then((answer) => (answer.status === 200 ? answer.json() : null))
    .then((draft) => { if (draft && draft.text && draft.text !== area.value) offerDraft(area, draft); })
    .catch(() => {});
  async function save() {
    if (running || area.value === saved) return;
    running = true;
    const text = area.value;
    try {
      const answer = await postDraft(area.dataset.autosave, text);
      if (!answer.ok) throw new Error("refused");
      saved = text;
      const time = new Date().toLocaleTimeString("nl-NL", { hour: "numeric", minute: "2-digit" }).replace(":", ".");
      status.textContent = `Concept bewaard om ${time}`;
    } catch {
      status.textContent = "Het concept is nu niet bewaard. Uw tekst staat er nog; we proberen het opnieuw.";
    } finally {
      running = false;
    }
  }
  setInterval(save, SAVE_EVERY_MS);
  area.addEventListener("blur", save);
}

/* Formset: a button that adds a row from the empty one. */
function growFormset(box) {
  const button = box.querySelector("[data-formset-add]");
  const total = box.querySelector(`input[name="${box.dataset.formset}-TOTAL_FORMS"]`);
  const empty = box.querySelector("template[data-formset-empty]");
  const rows = box.querySelector("[data-formset-rows]");
  if (!button || !total || !empty || !rows) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const index = Number(total.value);
    const holder = document.createElement("div");
    holder.innerHTML = empty.innerHTML.replaceAll("__prefix__", String(index));
    const row = holder.firstElementChild;
    const legend = row.querySelector("legend");
    if (legend) legend.textContent = `${legend.textContent} ${index + 1}`;
    rows.append(row);
    total.value = String(index + 1);
    start(row);
    row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
}

function start(root) {
  root.querySelectorAll("textarea[data-autosave]").forEach(autosave);
  root.querySelectorAll("[data-formset]").forEach(growFormset);
  root.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  root.querySelector("[data-focus]")?.focus();
}

/* A menu closes on Escape and on a click beside it. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});
document.addEventListener("click", (event) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("DOMContentLoaded", () => start(document));
document.addEventListener("htmx:afterSwap", (event) => start(event.target));
