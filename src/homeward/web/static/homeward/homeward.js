// Small improvements only: every page works without this file.
"use strict";

document.querySelectorAll("[data-print]").forEach((link) => {
  link.hidden = false;
  link.addEventListener("click", () => window.print());
});

// A link to a date opens it ("#looked_after_review" on a child's dates).
const openTarget = () => {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = target && (target.matches("details") ? target : target.querySelector("details"));
  if (details) {
    details.open = true;
    target.scrollIntoView();
  }
};
window.addEventListener("hashchange", openTarget);
openTarget();

// What was opened is printed open.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("[data-print-open] details").forEach((details) => { details.open = true; });
});

// What is typed into a long form is kept on the server, five seconds after it last changed at the latest.
document.querySelectorAll("form[data-draft]").forEach((form) => {
  const said = form.querySelector("[data-draft-said]");
  let waiting = null;
  let keeping = null;
  const keep = async () => {
    waiting = null;
    const body = new FormData(form);
    body.delete("once");
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body, headers: { "Idempotency-Key": crypto.randomUUID() }, redirect: "error",
      });
      const version = answer.headers.get("X-Version"); // the next save goes on from what was kept now
      if (version) form.elements.version.value = version;
      said.textContent = answer.ok ? "Draft kept at " + new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }) : "This draft is not kept. Use “Keep as a draft”.";
    } catch {
      said.textContent = "This draft is not kept: Homeward did not answer.";
    }
  };
  form.addEventListener("input", () => {
    waiting = waiting || setTimeout(() => { keeping = keep().finally(() => { keeping = null; }); }, 4000);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (!keeping) return;
    event.preventDefault(); // what is being kept comes first: it says the version to go on from
    keeping.then(() => form.requestSubmit(event.submitter));
  });
});
