/* Passkeys: form[data-passkey=create|get|login] with a button and a hidden field `credential`.
   What the server asks stands in #js_data; for `login` it is fetched from the form's own address. */
"use strict";

const FAULTS = {
  NotAllowedError: "Het is afgebroken of duurde te lang. Probeer het nog eens.",
  InvalidStateError: "Deze passkey staat al bij uw account.",
  SecurityError: "Op dit adres werken passkeys niet.",
};

async function asked(form) {
  if (form.dataset.passkey !== "login") return JSON.parse(document.getElementById("js_data").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("refused");
  return answer.json();
}

async function show(form) {
  const options = await asked(form);
  const answer = form.dataset.passkey === "create"
    ? await window.webauthnJSON.create(options.creation_options)
    : await window.webauthnJSON.get(options.request_options);
  form.elements.credential.value = JSON.stringify(answer);
  form.submit();
}

function ready(form) {
  const button = form.querySelector("[data-passkey-button]");
  const fault = form.querySelector("[data-passkey-fault]");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.setAttribute("aria-disabled", "true");
    fault.textContent = "";
    show(form).catch((error) => {
      fault.textContent = FAULTS[error.name] || "Dat lukte niet. Probeer het nog eens.";
      button.removeAttribute("aria-disabled");
    });
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(ready);
