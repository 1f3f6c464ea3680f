/* The clerk's lines: agenda, floor, voices, roll. Each button says what it acts on; keys go at speaking pace.
   What one types stays in this tab until it is sent. */
"use strict";

(() => {
  const { dataset } = document.body;
  const typed = document.getElementById("text");
  const KEPT = `hemicycle:${dataset.sitting}:typed`;
  const panels = () => document.getElementById("panels");
  let asking = null;

  async function renew() {
    if (asking) return (asking.again = true);
    asking = { again: false };
    try {
      const response = await fetch(`${dataset.base}/conduite/panneaux?lang=${dataset.language}`);
      if (response.status === 404) return location.reload(); /* no longer of the staff, or signed out */
      if (response.ok) write(await response.text());
    } finally {
      const { again } = asking;
      asking = null;
      if (again) renew();
    }
  }

  /* The line that had the keys keeps them, even if lines above it have gone. */
  function write(html) {
    const held = document.activeElement?.closest?.("li[id]")?.id;
    const place = held ? rows(document.getElementById(held)).indexOf(document.getElementById(held)) : -1;
    const list = held ? document.getElementById(held).closest("[data-lines]").parentElement.id : null;
    window.morph(panels(), html);
    if (!held) return;
    const now = document.getElementById(list)?.querySelectorAll("[data-lines] > li") ?? [];
    (document.getElementById(held) ?? now[Math.min(place, now.length - 1)])?.focus();
  }

  const rows = (row) => [...row.closest("[data-lines]").children].filter((one) => one.offsetParent);
  const step = (row, by) => {
    const all = rows(row);
    const next = all[all.indexOf(row) + by];
    (next?.matches("[tabindex]") ? next : next?.querySelector("button"))?.focus();
  };

  async function act(verb, from) {
    const data = { sitting: dataset.sitting };
    for (const name of ["item", "request", "person", "text"]) if (from[name]) data[name] = from[name];
    await window.own.act({ verb, data });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button && !button.disabled) act(button.dataset.act, button.dataset);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-pick]");
    if (!form) return;
    event.preventDefault();
    const person = form.elements.person.value;
    if (person) act(form.dataset.pick, { person });
  });

  const PANELS = { o: "p-agenda", r: "p-roll", f: "p-floor", v: "p-voices" };
  const ROLL = { p: "present", a: "absent", e: "excused" };
  const VOICES = ["for", "against", "abstention", "not_taking_part"];

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const row = event.target.closest("li");
    const key = event.key.toLowerCase();
    if (key === "/") {
      typed.focus();
    } else if (row && (key === "arrowdown" || key === "arrowup")) {
      step(row, key === "arrowdown" ? 1 : -1);
    } else if (row?.closest("[data-roll]") && key in ROLL) {
      step(row, 1); /* the next name may be called at once */
      act(ROLL[key], row.dataset);
    } else if (row?.closest("[data-voices]") && VOICES[Number(key) - 1]) {
      act("voice", { ...row.dataset, text: VOICES[Number(key) - 1] });
    } else if (key in PANELS) {
      const panel = document.getElementById(PANELS[key]);
      (panel.querySelector("li[tabindex], li button:not(:disabled)") ?? panel).focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  typed.value = sessionStorage.getItem(KEPT) ?? "";
  typed.addEventListener("input", () => sessionStorage.setItem(KEPT, typed.value));
  document.getElementById("say").addEventListener("submit", () => sessionStorage.removeItem(KEPT));
  document.addEventListener("moved", renew);
})();
