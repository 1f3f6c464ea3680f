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
  let warned = {};

  function open() {
    clearTimeout(retry);
    source?.close();
    const address = new URL(body.dataset.events, location.href);
    address.searchParams.set("seen", version);
    source = new EventSource(address);
    source.addEventListener("board", (event) => apply(JSON.parse(event.data)));
    source.addEventListener("pulse", (event) => {
      const { now } = JSON.parse(event.data);
      ahead = now * 1000 - Date.now();
      window.countdown.sync(now);
      alive();
    });
    source.addEventListener("closed", () => location.reload());
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
    window.countdown.tick();
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

  /* The seconds that this clock shows: counted from an instant, or stopped, on top of what was used before. */
  function elapsed({ used, from, stopped }) {
    const running = stopped === undefined ? (Date.now() + ahead) / 1000 - Number(from) : Number(stopped);
    return Number(used) + Math.max(0, Math.floor(running));
  }

  function tick() {
    for (const clock of document.querySelectorAll("[data-clock]")) {
      const seconds = elapsed(clock.dataset);
      const budget = Number(clock.dataset.budget);
      if ("gauge" in clock.dataset) clock.setAttribute("width", Math.min(seconds, budget));
      else show(clock, seconds, budget);
    }
  }

  function show(clock, seconds, budget) {
    const { over, soon = "", warning = 0 } = clock.dataset;
    const isOver = budget > 0 && seconds > budget;
    const isSoon = !isOver && Number(warning) > 0 && budget - seconds <= Number(warning);
    const word = isOver ? over : isSoon ? soon : "";
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} ${word}`.trimEnd();
    if (clock.textContent !== text) clock.textContent = text;
    clock.classList.toggle("is-over", isOver);
    clock.classList.toggle("is-soon", isSoon);
    if ("sayOver" in clock.dataset) warn(clock, isOver ? "over" : isSoon ? "soon" : "");
  }

  /* Said once as the moment comes: never again for the same turn, nor when the page opens after it. */
  function warn(clock, stage) {
    const turn = `${clock.dataset.sayOver} ${clock.dataset.stopped ?? clock.dataset.from}`;
    const isNew = turn === warned.turn && stage !== warned.stage;
    if (isNew && stage === "soon") announce(clock.dataset.saySoon);
    if (isNew && stage === "over") announce(clock.dataset.sayOver);
    warned = { turn, stage };
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
