/* A print button where the browser can print; without this file the browser's own menu does. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
