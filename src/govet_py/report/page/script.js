"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const findings = all("article.finding");
  const search = byId("search");
  const accepted = byId("accepted");
  const boxes = all("fieldset[data-key] input");
  const texts = new Map();
  let current = null;

  function text(finding) {
    if (!texts.has(finding)) texts.set(finding, `${finding.dataset.rule} ${finding.textContent}`.toLowerCase());
    return texts.get(finding);
  }

  function wanted() {
    const chosen = new Map();
    for (const box of boxes) {
      if (box.checked) chosen.set(box.name, (chosen.get(box.name) || new Set()).add(box.value));
    }
    return chosen;
  }

  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = wanted();
    let shown = 0;
    let possible = 0;
    for (const finding of findings) {
      const told = !finding.dataset.state || (accepted && accepted.checked);
      if (told) possible += 1;
      const fits = told && [...chosen].every(([key, values]) => values.has(finding.dataset[key]))
        && words.every((word) => text(finding).includes(word));
      finding.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const part of all(".package, .rule")) part.hidden = !part.querySelector("article.finding:not([hidden])");
    byId("none").hidden = shown > 0;
    byId("count").textContent = shown === possible ? `${possible} shown` : `${shown} of ${possible} shown`;
    byId("reset").hidden = chosen.size === 0 && words.length === 0;
    label();
  }

  const visible = () => findings.filter((finding) => !finding.hidden);
  const details = (finding) => finding.querySelector("details");

  function label() {
    const listed = visible();
    const open = listed.length > 0 && listed.every((finding) => details(finding).open);
    byId("expand").textContent = open ? "Collapse all" : "Expand all";
  }

  function expand() {
    const listed = visible();
    const open = !listed.every((finding) => details(finding).open);
    for (const finding of listed) details(finding).open = open;
    label();
  }

  function select(finding) {
    if (current) current.classList.remove("current");
    current = finding;
    finding.classList.add("current");
    details(finding).querySelector("summary").focus({ preventScroll: true });
    finding.scrollIntoView({ block: "nearest" });
  }

  function move(by) {
    const listed = visible();
    if (listed.length === 0) return;
    const at = listed.indexOf(current);
    select(listed[at < 0 ? 0 : Math.min(Math.max(at + by, 0), listed.length - 1)]);
  }

  const themes = ["auto", "light", "dark"];
  function theme(name) {
    if (name === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = name;
    byId("theme").textContent = `Theme: ${name}`;
    byId("theme").dataset.now = name;
  }
  function nextTheme() {
    theme(themes[(themes.indexOf(byId("theme").dataset.now) + 1) % themes.length]);
    try { localStorage.setItem("govet-py-theme", byId("theme").dataset.now); } catch { /* a page may be without storage */ }
  }
  function storedTheme() {
    try { return localStorage.getItem("govet-py-theme"); } catch { return null; }
  }

  function reset() {
    for (const box of boxes) box.checked = false;
    search.value = "";
    apply();
  }

  function follow() {
    const finding = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (!finding || !finding.matches("article.finding")) return;
    if (finding.hidden && finding.dataset.state && accepted) accepted.checked = true;
    if (finding.hidden) reset();
    details(finding).open = true;
    select(finding);
    finding.scrollIntoView({ block: "start" });
  }

  const keys = {
    "/": () => { search.focus(); search.select(); },
    j: () => move(1),
    k: () => move(-1),
    e: expand,
    t: nextTheme,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search) {
      if (event.key === "Escape") { search.value = ""; apply(); search.blur(); }
      return;
    }
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  search.addEventListener("input", apply);
  for (const box of boxes) box.addEventListener("change", apply);
  if (accepted) accepted.addEventListener("change", apply);
  document.addEventListener("toggle", label, true);
  byId("expand").addEventListener("click", expand);
  byId("theme").addEventListener("click", nextTheme);
  byId("reset").addEventListener("click", () => { reset(); search.focus(); });
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", () => { for (const finding of visible()) details(finding).open = true; });

  byId("filters").open = !matchMedia("(max-width: 60rem)").matches;
  const stored = storedTheme();
  theme(themes.includes(stored) ? stored : "auto");
  apply();
  if (findings.length === 1) details(findings[0]).open = true;
  follow();
})();
