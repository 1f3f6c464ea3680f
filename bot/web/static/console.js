/* The clerk's lines: agenda, floor, notes, voices, roll. Each button says what it acts on; keys go at speaking pace. */
"use strict";

(() => {
  const { dataset } = document.body;
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
    const held = document.activeElement?.closest?.("[data-lines] > li[id]");
    const place = held ? rows(held).indexOf(held) : -1;
    const list = held?.closest("section").id;
    window.morph(panels(), html);
    window.drafts.fill(panels());
    follow();
    if (!held || held.contains(document.activeElement)) return;
    const now = document.getElementById(list)?.querySelectorAll("[data-lines] > li") ?? [];
    reach(document.getElementById(held.id) ?? now[Math.min(place, now.length - 1)]);
  }

  /* A hundred items: the one under discussion comes into sight when it is called. */
  let current = "";
  function follow() {
    const item = document.querySelector("#p-agenda li[aria-current]");
    if (item && item.id !== current) item.closest("section").scrollTop = Math.max(0, item.offsetTop - 96);
    current = item?.id ?? "";
  }

  const rows = (row) => [...row.closest("[data-lines]").children].filter((one) => one.offsetParent);
  const step = (row, by) => {
    const all = rows(row);
    reach(all[all.indexOf(row) + by]);
  };
  const reach = (line) => (line?.matches("[tabindex]") ? line : line?.querySelector("button:not(:disabled)"))?.focus();

  const CARRIED = ["item", "before", "request", "person", "member", "text", "kind", "said", "hour", "since", "until", "lasts", "proxy"];
  async function act(verb, from) {
    const data = { sitting: dataset.sitting };
    for (const name of CARRIED) if (from[name] !== undefined) data[name] = from[name];
    return window.own.act({ verb, data }, verb !== "help_desk"); /* whose form is the card */
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button && !button.disabled) act(button.dataset.act, button.dataset);
  });
  document.addEventListener("submit", (event) => {
    const { pick, note, form } = event.target.dataset;
    if (!pick && !note && !form) return;
    event.preventDefault();
    if (form) return send(event.target);
    const { person, said } = event.target.elements;
    if (pick && person.value) act(pick, { person: person.value });
    if (note) write_down(note, said);
  });

  /* Kept in the tab until the server has it. */
  async function write_down(request, field) {
    const text = field.value;
    const answer = await act("note", { request, kind: "note", said: text });
    if (!answer?.say || answer.no || field.value !== text) return;
    field.dataset.saved = text;
    window.drafts.drop(field.dataset.draft);
  }

  /* A form of several fields: what it was told stands below them, and what was typed stays until it is recorded. */
  const typed = (form) => Object.fromEntries(new FormData(form));
  async function send(form) {
    const said = typed(form);
    const given = Object.fromEntries(Object.entries(said).filter(([name, value]) => value || name === "said"));
    const told = form.querySelector(".answer");
    told.textContent = "";
    const answer = await act(form.dataset.form, { ...form.dataset, ...given });
    const isDone = answer && !answer.no && !answer.fault;
    if (!isDone) return (told.textContent = answer?.say ?? answer?.fault ?? dataset.fault);
    if (JSON.stringify(typed(form)) !== JSON.stringify(said)) return; /* somebody types on */
    for (const field of form.querySelectorAll("[data-draft]")) {
      window.drafts.drop(field.dataset.draft);
      if (field.dataset.saved !== undefined) field.dataset.saved = field.value;
    }
    if (form.hasAttribute("data-once")) form.reset();
    const folded = form.closest("details");
    if (!folded) return;
    folded.open = false;
    folded.querySelector("summary").focus();
  }

  const PANELS = { o: "p-agenda", m: "p-poll", r: "p-roll", f: "p-floor", v: "p-voices", n: "p-notes", i: "p-incidents", d: "p-proxies", h: "p-help", c: "card" };
  const PLACES = Object.values(PANELS).map((id) => `#${id}`).join();
  const FIRST = "form.sheet :is(textarea, select), li[tabindex], li button:not(:disabled), textarea, .ac-pushButton";
  /* To what is done there first; where there is nothing to do, to the panel, and that is said. */
  function go(panel) {
    const first = [...panel.querySelectorAll(FIRST)].find((one) => one.closest(PLACES) === panel); /* not the place of another key */
    (first ?? panel).focus();
    if (!first && panel.dataset.idle) window.own.tell(panel.dataset.idle);
  }
  const ROLL = { p: "present", a: "absent", e: "excused" };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return document.getElementById("main").focus(); /* out of a field, to the keys */
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const row = event.target.closest("li");
    const key = event.key.toLowerCase();
    if (key === "/") {
      document.getElementById("text").focus();
    } else if (row?.closest("[data-lines]") && (key === "arrowdown" || key === "arrowup")) {
      step(row, key === "arrowdown" ? 1 : -1);
    } else if (row?.closest("[data-roll]") && key in ROLL) {
      step(row, 1); /* the next name may be called at once */
      act(ROLL[key], row.dataset);
    } else if (row?.closest("[data-voices]") && /^[1-9]$/.test(key)) {
      row.querySelectorAll("[data-act]")[Number(key) - 1]?.click();
    } else if (key in PANELS) {
      go(document.getElementById(PANELS[key]));
    } else {
      return;
    }
    event.preventDefault();
  });

  window.desk = { act };
  window.drafts.fill(document);
  follow();
  document.addEventListener("moved", renew);
  document.addEventListener("pulse", renew); /* requests for help move without the sitting */
})();
