/* One person's own cards. The server says which one fits; a press or a word goes back as in the chat. */
"use strict";

(() => {
  const { dataset } = document.body;
  const box = document.getElementById("card");
  const notice = document.getElementById("notice");
  const moved = document.getElementById("moved");
  const connection = document.getElementById("connection");
  const screens = [...document.querySelectorAll("[data-verb]")];
  let digest = "";
  let following = true; /* the card on screen is the one that fits now, not one that was asked for */
  let shown = {};
  let held = false;
  let busy = false;
  let overtaken = false; /* the sitting moved while a press was on its way */

  const address = (path) => `${dataset.base}/${path}?lang=${dataset.language}`;
  const stamp = () => crypto.randomUUID();

  function tell(text, isError = false) {
    notice.className = isError ? "notice is-error" : "notice";
    notice.textContent = text;
  }

  /* A form that was asked for stays until it is sent or left: what is typed in it is nobody else's to take away. */
  function show(answer, asked = false) {
    shown = answer.card;
    held = asked && window.drafts.has(shown);
    digest = answer.digest;
    const hadFocus = box.contains(document.activeElement);
    const card = window.cards.draw(window.drafts.restored(shown), press);
    box.setAttribute("aria-label", answer.card.speak ?? dataset.card);
    box.replaceChildren(card ?? answer.card.fallbackText ?? dataset.noCards);
    if (hadFocus) box.focus({ preventScroll: true });
  }

  const done = (answer) => Boolean(answer) && !answer.fault && !answer.no;

  function press(verb, data) {
    const sent = shown;
    act({ verb, data }).then((answer) => done(answer) && window.drafts.dropCard(sent));
  }

  function follow(yes, verb = "") {
    following = yes;
    moved.hidden = true;
    for (const button of screens) button.setAttribute("aria-pressed", String(yes ? !button.dataset.verb : button.dataset.verb === verb));
  }

  const isTyping = () => box.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");

  /* That Teams does not answer, or does again; not written anew: a screen reader would say it each time. */
  function outage(sentence = "") {
    const line = document.getElementById("outage");
    if (line.textContent !== sentence) line.textContent = sentence;
  }

  /* The card that fits now, drawn only when it is another one. */
  async function fit(force = false) {
    const response = await fetch(address(dataset.fit), { headers: { Accept: "application/json" } });
    if (response.status === 404) return location.reload(); /* signed out */
    if (!response.ok) throw new Error(String(response.status));
    const answer = await response.json();
    time(answer.clock);
    outage(answer.outage);
    if (!answer.card || (answer.digest === digest && !force)) return;
    if (busy && following) overtaken = true;
    else if (force || (following && !held && !isTyping())) show(answer);
    else moved.hidden = false;
  }

  /* The announced end of the vote, where there is one; what time it is, the server says. */
  function time(clock) {
    const line = document.getElementById("countdown");
    const [face, hour] = [line.querySelector("b"), line.querySelector("span")];
    line.hidden = !clock;
    if (!clock) return delete face.dataset.until;
    hour.textContent = clock.at;
    Object.assign(face.dataset, { until: clock.until, saySoon: clock.saySoon, sayOver: clock.sayOver });
    window.countdown.sync(clock.now);
    window.countdown.tick();
  }

  /* One after the other: a key pressed while an answer is on its way is not lost. */
  let line = Promise.resolve();
  function act(wish, aside = false) {
    line = line.then(() => carry(wish, aside));
    return line;
  }

  /* What was done beside the card does not take a form away. */
  async function carry(wish, aside) {
    busy = true;
    box.setAttribute("aria-busy", "true");
    const buttons = [...box.querySelectorAll("button")].filter((button) => !button.disabled);
    buttons.forEach((button) => (button.disabled = true));
    tell("");
    try {
      const body = JSON.stringify({ stamp: stamp(), ...wish });
      const answer = await send(body);
      if (answer.card && (!aside || (following && !held))) show(answer, !aside);
      if (answer.say && done(answer) && wish.verb && !aside) held = false;
      if (answer.say) tell(answer.say);
      if (answer.fault) tell(answer.fault, true);
      if (answer.say && following) await fit();
      return answer;
    } catch {
      tell(dataset.fault, true);
      return undefined;
    } finally {
      busy = false;
      box.removeAttribute("aria-busy");
      buttons.forEach((button) => (button.disabled = false));
      if (overtaken && following) fit().catch(() => tell(dataset.fault, true));
      overtaken = false;
    }
  }

  /* Sent again once, with the same stamp, when the network swallowed the answer: it counts once. */
  async function send(body) {
    const ask = () =>
      fetch(address("actes"), {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Hemicycle-Page": dataset.token },
        body,
      });
    const response = await ask().catch(() => new Promise((done) => setTimeout(done, 1000)).then(ask));
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  for (const button of screens) {
    button.addEventListener("click", async () => {
      const { verb } = button.dataset;
      follow(!verb, verb);
      tell("");
      if (verb) await act({ verb, data: {} });
      else await fit(true).catch(() => tell(dataset.fault, true));
    });
  }
  moved.querySelector("button").addEventListener("click", () => {
    follow(true);
    fit(true).catch(() => tell(dataset.fault, true));
    box.focus();
  });
  box.addEventListener("input", () => window.drafts.keepCard(shown, window.cards.values()));
  window.drafts.fill(document);
  document.getElementById("say").addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = event.target.elements.text;
    const text = field.value.trim();
    if (!text) return;
    if (!done(await act({ text }))) return;
    field.value = "";
    window.drafts.drop(field.dataset.draft);
  });

  /* For pages with more than a card: their lines act as the card does. */
  window.own = { act, tell, follow };

  const source = new EventSource(address("moi/events"));
  source.addEventListener("moved", () => {
    if (connection.textContent) {
      connection.textContent = dataset.back;
      setTimeout(() => (connection.textContent = ""), 3000);
    }
    document.dispatchEvent(new CustomEvent("moved"));
    fit().then(
      () => (document.body.dataset.ready = "true"),
      () => tell(dataset.fault, true),
    );
  });
  source.addEventListener("pulse", () => document.dispatchEvent(new CustomEvent("pulse")));
  source.addEventListener("error", () => (connection.textContent = dataset.lost));
})();
