// Passkeys: a form with data-passkey asks the browser for one and sends what it answered.
// The value is the id of the JSON that says what is asked, or an address to fetch it from.
"use strict";

document.querySelectorAll("[data-no-passkey]").forEach((words) => {
  words.hidden = Boolean(globalThis.webauthnJSON && globalThis.webauthnJSON.supported());
});

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  const passkeys = globalThis.webauthnJSON;
  if (!passkeys || !passkeys.supported()) return;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    const wrong = form.querySelector("[role=alert]");
    wrong.hidden = true;
    try {
      const from = form.dataset.passkey;
      const asked = from.startsWith("#")
        ? JSON.parse(document.getElementById(from.slice(1)).textContent)
        : (await (await fetch(from, { headers: { Accept: "application/json" } })).json()).request_options;
      const given = asked.publicKey.user ? await passkeys.create(asked) : await passkeys.get(asked);
      form.elements.credential.value = JSON.stringify(given);
      form.submit();
    } catch {
      wrong.hidden = false;
    }
  });
});
