/* The shell of every page: focus after errors, shortcuts that never act while one types, and the
   language switch, which keeps what was typed. Pages work without this file. */
(() => {
  "use strict";
  const KEPT = "countermark.kept-form";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  const shortcutsOn = () => document.body.dataset.shortcuts !== "off";
  const handlers = new Map();

  /** Let a page add its own single-key shortcuts. */
  window.countermark = {
    onKey(key, act) {
      handlers.set(key, act);
    },
  };

  const go = { t: "/triage/", c: "/cases/", o: "/operations/" };
  let leading = false;

  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
    if (!shortcutsOn() || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (leading && go[event.key]) {
      window.location.assign(go[event.key]);
      return;
    }
    leading = event.key === "g";
    const act = handlers.get(event.key);
    if (act && act() !== false) event.preventDefault();
  });

  const focusFirst = (selector) => {
    const shown = [...document.querySelectorAll(selector)].find((node) => node.offsetParent);
    if (shown) shown.focus();
    return Boolean(shown);
  };
  handlers.set("/", () => focusFirst(".gsearch input"));
  handlers.set("?", () => document.getElementById("keys")?.showModal());

  /** An error summary takes the focus, wherever it came from. */
  const focusSummary = (root) => root.querySelector?.("[data-focus]")?.focus();
  document.addEventListener("htmx:afterSettle", (event) => focusSummary(event.target));

  /** What was typed survives a change of language: kept in this tab only, and only until then. */
  const forms = () => [...document.querySelectorAll("main form[data-keep]")];
  const values = (form) =>
    [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !/csrf/.test(name));
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-keeps-form]")) return;
    const kept = { path: location.pathname, forms: forms().map(values) };
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  });
  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    sessionStorage.removeItem(KEPT);
    if (!kept || kept.path !== location.pathname) return;
    forms().forEach((form, place) => {
      for (const [name, value] of kept.forms[place] || []) {
        const field = form.elements.namedItem(name);
        if (!field || field.type === "password" || field.type === "hidden") continue;
        if (field.type === "checkbox") field.checked = true;
        else field.value = value;
      }
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    restore();
    focusSummary(document);
  });
})();
