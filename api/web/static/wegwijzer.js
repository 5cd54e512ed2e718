// Comfort only: every page works the same without this file.
(() => {
  "use strict";
  // The error summary speaks first.
  const summary = document.getElementById("summary");
  if (summary) summary.focus();

  // A link to the form on the same page moves the focus into it; a text box grows with its text.
  for (const area of document.querySelectorAll("textarea[data-grow]")) {
    const grow = () => {
      area.rows = Math.min(20, Math.max(5, area.value.split("\n").length + 1));
    };
    area.addEventListener("input", grow);
    grow();
  }

  // "None of these" and the others exclude each other.
  for (const group of document.querySelectorAll("fieldset")) {
    group.addEventListener("change", (event) => {
      const box = event.target;
      if (box.type !== "checkbox" || !box.checked) return;
      for (const other of group.querySelectorAll("input[type=checkbox]")) {
        if (other !== box && ("alone" in box.dataset || "alone" in other.dataset)) other.checked = false;
      }
    });
  }

  // A QR code carries its code behind the #, which no server sees: it goes into the box, and out of the address.
  const box = document.getElementById("f-code");
  const carried = /^#([A-Za-z0-9-]{12,20})$/.exec(location.hash);
  if (box && carried) {
    box.value = carried[1];
    history.replaceState(null, "", location.pathname);
  }

  // Two clicks send once. The button stays readable and comes back if the page is shown again.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
  }
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
})();
