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
  // Not on the way to the button that sends it: what was sent is no draft any more.
  area.addEventListener("blur", (event) => { if (event.relatedTarget?.form !== area.form) save(); });
}

/* A long text without an address of its own is kept by the page and its field, until it is sent. */
function keepAll(form) {
  const areas = [...form.querySelectorAll("textarea:not([data-autosave])")].filter((area) => area.name);
  areas.forEach((area) => { area.dataset.autosave = `/concepten/pad${location.pathname}${area.name}`.slice(0, 130); autosave(area); });
  form.addEventListener("submit", () => areas.forEach((area) => dropDraft(area.dataset.autosave)));
}

function dropDraft(url) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", token());
  fetch(url, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
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

/* Where tabs do not fit beside each other, show the one that is open; the page itself stays where it is. */
function bringIntoView(tab) {
  const row = tab.parentElement;
  row.scrollLeft += tab.getBoundingClientRect().right - row.getBoundingClientRect().right + 48;
}

function start(root) {
  root.querySelectorAll("textarea[data-autosave]").forEach(autosave);
  if (document.querySelector(".me")) root.querySelectorAll("main form[method=post]").forEach(keepAll);
  root.querySelectorAll("[data-formset]").forEach(growFormset);
  root.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  root.querySelectorAll(".tabs [aria-current]").forEach(bringIntoView);
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

/* The end of a session is told beforehand; the server alone decides, and asking it is no sign of life. */
const LEFT = "/sessie/";
const STAY = "/sessie/door/";
const WARN_SECONDS = 120;

async function secondsLeft(url, options) {
  const answer = await fetch(url, { redirect: "manual", cache: "no-store", ...options });
  return answer.ok ? (await answer.json()).seconds : 0;
}

function watchSession(left) {
  const box = element("div", "session-box");
  const title = element("h1", "", "U bent afgemeld");
  const words = element("p", "");
  const button = element("button", "btn small", "Ik werk door");
  const door = element("a", "btn small", "Opnieuw aanmelden");
  box.setAttribute("role", "alert");
  button.type = "button";
  door.hidden = true;
  door.href = "/accounts/login/";
  door.target = "_blank";
  door.rel = "noopener";
  box.append(title, words, door, button);
  let timer = 0;
  const plan = (seconds) => { clearTimeout(timer); timer = setTimeout(look, Math.max(1, seconds) * 1000); };
  function show(seconds) {
    const isOver = seconds <= 0;
    document.body.classList.toggle("signed-out", isOver);
    if (seconds > WARN_SECONDS) { box.remove(); return plan(seconds - WARN_SECONDS); }
    const time = seconds > 60 ? "twee minuten" : "een minuut";
    words.textContent = isOver
      ? "Wat u typte is bewaard. Meld u opnieuw aan en ga dan hier verder."
      : `Binnen ${time} wordt u afgemeld, omdat u even niets deed.`;
    button.textContent = isOver ? "Ik ben weer aangemeld" : "Ik werk door";
    button.classList.toggle("quiet", isOver);
    door.hidden = title.hidden = !isOver;
    if (!box.isConnected) document.querySelector("main").append(box);
    return isOver ? clearTimeout(timer) : plan(Math.min(seconds, 20));
  }
  function look() { secondsLeft(LEFT).then(show).catch(() => plan(30)); }
  button.addEventListener("click", () => {
    if (document.body.classList.contains("signed-out")) { look(); return; }
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token());
    secondsLeft(STAY, { method: "POST", body }).then(show).catch(() => plan(5));
  });
  show(left);
}

document.addEventListener("DOMContentLoaded", () => {
  start(document);
  const me = document.querySelector(".me[data-session]");
  if (me) watchSession(Number(me.dataset.session));
});
document.addEventListener("htmx:afterSwap", (event) => start(event.target));
