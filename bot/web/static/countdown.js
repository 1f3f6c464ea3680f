/* The time left until the hour at which a vote was announced to end, by the server's clock. It closes nothing: it says
   so when the time is up. Screen readers hear of it twice, half a minute before and at the end. */
"use strict";

window.countdown = (() => {
  const SOON = 30;
  const { dataset } = document.body;
  let ahead = dataset.now ? Number(dataset.now) * 1000 - Date.now() : 0;
  let warned = {};
  let voice = document.getElementById("announcements");

  const sync = (now) => (ahead = now * 1000 - Date.now());

  function announce(sentence) {
    if (!voice) {
      voice = document.createElement("div");
      voice.className = "unseen";
      voice.setAttribute("role", "log");
      document.getElementById("main").append(voice);
    }
    const line = document.createElement("p");
    line.textContent = sentence;
    voice.append(line);
  }

  function show(clock) {
    const { until, soon, over } = clock.dataset;
    const left = Math.ceil(Number(until) - (Date.now() + ahead) / 1000);
    const stage = left <= 0 ? "over" : left <= SOON ? "soon" : "";
    const face = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    const text = stage === "over" ? over : stage === "soon" ? `${face} ${soon}` : face;
    if (clock.textContent !== text) clock.textContent = text;
    clock.classList.toggle("is-soon", stage === "soon");
    clock.classList.toggle("is-over", stage === "over");
    warn(clock, stage);
  }

  /* Said once as the moment comes, and not by a page that opens after it. */
  function warn(clock, stage) {
    const { until, saySoon, sayOver } = clock.dataset;
    if (warned.until === until && warned.stage !== stage && stage) announce(stage === "soon" ? saySoon : sayOver);
    warned = { until, stage };
  }

  const tick = () => document.querySelectorAll("[data-until]").forEach(show);
  setInterval(tick, 250);
  tick();
  return { sync, tick };
})();
