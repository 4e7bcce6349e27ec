// Says that the session ends soon, and ends the page when it has: nothing stays readable on a screen left alone.
"use strict";

const box = document.querySelector("[data-idle-warn]");
if (box) {
  document.querySelector("[data-idle-words]").hidden = true; // said when the time comes instead
  const warnAfter = Number(box.dataset.idleWarn) * 1000;
  const endAfter = Number(box.dataset.idleEnd) * 1000;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("homeward-seen") : null;
  let seen = Date.now();
  const opened = () => {
    seen = Date.now();
    box.hidden = true;
  };
  if (channel) {
    channel.addEventListener("message", opened); // another tab was used
    channel.postMessage("seen");
  }
  box.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(box.dataset.idleStay, { redirect: "manual" });
    if (answer.status !== 204) return location.reload();
    opened();
    if (channel) channel.postMessage("seen");
  });
  // The clock is looked at often: a computer that slept wakes up past the end.
  setInterval(() => {
    const idle = Date.now() - seen;
    if (idle >= endAfter) location.reload();
    else if (idle >= warnAfter && box.hidden) {
      box.hidden = false;
      box.querySelector("button").focus();
    }
  }, 1000);
}
