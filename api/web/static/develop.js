// The developers' pages refresh when the file is saved. Without this file they are read by reloading.
(() => {
  "use strict";
  const { watch, stamp } = document.body.dataset;
  if (!watch) return;
  for (const note of document.querySelectorAll("[data-live]")) note.hidden = false;
  const typing = () => {
    const at = document.activeElement;
    return at && ["INPUT", "TEXTAREA", "SELECT"].includes(at.tagName) && at.type !== "radio" && at.value !== "";
  };
  let wait = 500;
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(watch, { cache: "no-store", credentials: "same-origin" });
        const now = answer.ok ? (await answer.json()).stamp : stamp;
        if (now !== stamp && !typing()) return location.reload();
        wait = answer.ok ? 500 : 5000;
      } catch {
        wait = 3000; // the server is away for a moment
      }
    }
    setTimeout(look, wait);
  };
  setTimeout(look, wait);
})();
