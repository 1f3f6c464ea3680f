/* Keeps the page as the sitting stands: the server sends new pieces of HTML by the id of their element.
   Says what a screen reader should hear, runs the speaker's clock, admits it when the line is lost. */
"use strict";

(() => {
  const STALE = 40_000;
  const SLOWEST = 30_000;
  const body = document.body;
  const connection = document.getElementById("connection");
  const announcements = document.getElementById("announcements");
  let ahead = Number(body.dataset.now) * 1000 - Date.now();
  let version = body.dataset.version;
  let source;
  let heard = Date.now();
  let wait = 2000;
  let retry;

  function open() {
    clearTimeout(retry);
    source?.close();
    const address = new URL(body.dataset.events, location.href);
    address.searchParams.set("seen", version);
    source = new EventSource(address);
    source.addEventListener("board", (event) => apply(JSON.parse(event.data)));
    source.addEventListener("pulse", (event) => {
      ahead = JSON.parse(event.data).now * 1000 - Date.now();
      alive();
    });
    source.addEventListener("error", lost);
  }

  function apply(change) {
    version = change.version;
    for (const [id, html] of Object.entries(change.html)) {
      const element = document.getElementById(id);
      if (element) window.morph(element, html);
    }
    document.title = change.title;
    alive();
    change.say.forEach(announce);
    tick();
  }

  function announce(sentence) {
    const line = document.createElement("p");
    line.textContent = sentence;
    announcements.append(line);
    while (announcements.childElementCount > 5) announcements.firstElementChild.remove();
  }

  function alive() {
    heard = Date.now();
    wait = 2000;
    body.dataset.live = "true";
    if (body.classList.contains("is-stale")) say(connection.dataset.back, false);
  }

  function lost() {
    if (!body.classList.contains("is-stale")) say(connection.dataset.lost, true);
    if (source.readyState !== EventSource.CLOSED) return;
    clearTimeout(retry);
    retry = setTimeout(open, wait);
    wait = Math.min(wait * 2, SLOWEST);
  }

  function say(sentence, stale) {
    body.classList.toggle("is-stale", stale);
    connection.textContent = sentence;
    if (!stale) setTimeout(() => body.classList.contains("is-stale") || (connection.textContent = ""), 4000);
  }

  function tick() {
    for (const clock of document.querySelectorAll("[data-clock]")) {
      const elapsed = Math.max(0, Math.floor((Date.now() + ahead) / 1000 - Number(clock.dataset.since)));
      const minutes = Math.floor(elapsed / 60);
      const over = Number(clock.dataset.budget) > 0 && elapsed > Number(clock.dataset.budget);
      const text = `${minutes}:${String(elapsed % 60).padStart(2, "0")}${over ? ` ${clock.dataset.over}` : ""}`;
      if (clock.textContent !== text) clock.textContent = text;
      clock.classList.toggle("is-over", over);
    }
  }

  setInterval(() => {
    tick();
    if (Date.now() - heard > STALE && source.readyState !== EventSource.CLOSED) {
      heard = Date.now();
      lost();
      open();
    }
  }, 1000);
  addEventListener("offline", lost);
  addEventListener("online", open);
  tick();
  open();
})();
