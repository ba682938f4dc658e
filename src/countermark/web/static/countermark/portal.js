/* Shows how far an upload has come. The form works without this file. */
(() => {
  "use strict";
  const barOf = (event) => event.target.closest?.("form[data-upload]")?.querySelector("progress.upload");
  const chosen = (form) => [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  document.addEventListener("htmx:beforeRequest", (event) => {
    const bar = barOf(event);
    if (bar && chosen(bar.form || bar.closest("form"))) bar.hidden = false;
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = barOf(event);
    if (bar && event.detail.lengthComputable) bar.value = (100 * event.detail.loaded) / event.detail.total;
  });
})();
