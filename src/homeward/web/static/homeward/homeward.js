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
