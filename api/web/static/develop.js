// The developers' pages refresh when the file is saved. Without this file they are read by reloading.
(() => {
  "use strict";
  const { watch, stamp } = document.body.dataset;
  if (!watch) return;
  for (const note of document.querySelectorAll("[data-live]")) note.hidden = false;

  // What somebody opened or closed stays so when the page comes anew.
  const folds = () => [...document.querySelectorAll("details[data-fold]")];
  const place = "folds " + location.pathname;
  const keep = () => sessionStorage.setItem(place, JSON.stringify(folds().map((own) => [own.dataset.fold, own.open])));
  const kept = new Map(JSON.parse(sessionStorage.getItem(place) || "[]"));
  sessionStorage.removeItem(place);
  for (const own of folds()) if (kept.has(own.dataset.fold)) own.open = kept.get(own.dataset.fold);

  const typing = () => {
    const at = document.activeElement;
    if (!at) return false;
    if (at.tagName === "SELECT") return [...at.options].some((own) => own.selected !== own.defaultSelected);
    return ["INPUT", "TEXTAREA"].includes(at.tagName) && at.type !== "radio" && at.value !== "";
  };
  let wait = 500;
  let away = false;
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(watch, { cache: "no-store", credentials: "same-origin" });
        const now = answer.ok ? (await answer.json()).stamp : stamp;
        const gone = answer.ok && now === "";
        // An editor may take a file away for a moment while it saves: only what stays away is gone.
        if (now !== stamp && (!gone || away) && !typing()) {
          keep();
          return location.reload();
        }
        away = gone;
        wait = answer.ok ? 500 : 5000;
      } catch {
        wait = 3000; // the server is away for a moment
      }
    }
    setTimeout(look, wait);
  };
  setTimeout(look, wait);
})();
