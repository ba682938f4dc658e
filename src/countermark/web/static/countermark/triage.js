/* Triage by keyboard: the list keeps the focus, one key per decision, the next hit opens by itself.
   Every key only does what a link or a button of the page does; without this file they still work. */
(() => {
  "use strict";
  const rows = () => [...document.querySelectorAll("tr.row")];
  const link = (row) => row.querySelector("a.goods");
  const selected = () => rows().find((row) => row.getAttribute("aria-selected") === "true");

  const select = (row) => {
    for (const each of rows()) each.setAttribute("aria-selected", String(each === row));
    row.scrollIntoView({ block: "nearest" });
  };
  const move = (by) => {
    const all = rows();
    const next = all[all.indexOf(selected()) + by];
    if (!next) return;
    link(next).focus({ preventScroll: true });
    link(next).click();
  };
  const decide = (key) => {
    const sheet = document.querySelector(`.acts details[data-key="${key}"]`);
    if (!sheet) return false;
    sheet.open = true;
    sheet.querySelector("[name=reason]").focus();
    return true;
  };
  const undo = () => document.querySelector("form[data-undo]")?.requestSubmit();
  const evidence = () => document.querySelector("#evidence .eb")?.focus();

  const { onKey } = window.countermark;
  onKey("j", () => move(1));
  onKey("k", () => move(-1));
  onKey("o", evidence);
  onKey("z", undo);
  for (const key of ["c", "d", "s", "r"]) onKey(key, () => decide(key));

  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr.row");
    if (!row) return;
    select(row);
    if (!event.target.closest("a")) link(row).click();
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-submit-on-change]");
    if (form && event.target.matches("select")) form.requestSubmit();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    const sheet = document.querySelector(".acts details[open]");
    if (!sheet) return;
    sheet.open = false;
    const row = selected();
    if (row) link(row).focus();
  });
  /* A decision redraws the screen: the focus goes to the hit that has come up. */
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "evidence") window.scrollTo(0, 0);
    if (event.target.id !== "triage") return;
    const refused = document.querySelector(".acts [data-focus]");
    if (refused) {
      /* While the old and the new form are both there, the browser lets only one be open. */
      refused.closest("details").open = true;
      return;
    }
    const row = selected();
    if (row && link(row).offsetParent) {
      link(row).focus();
      return;
    }
    document.getElementById("evidence").focus({ preventScroll: true });
    window.scrollTo(0, 0);
  });
})();
