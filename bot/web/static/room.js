/* Two chats of one person. The server sends messages as that person sees them; what is typed or pressed goes back. */
"use strict";

(() => {
  const { dataset } = document.body;
  const who = { seance: dataset.seance, personne: dataset.personne };
  const main = document.getElementById("main");
  const connection = document.getElementById("connection");
  const announcements = document.getElementById("announcements");
  const shown = new Map();
  const refreshed = new Map();
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const pane = (chat) => document.getElementById(chat);
  const list = (chat) => document.getElementById(`${chat}-messages`);

  /* What comes from the server */

  function receive(message, isNew) {
    const old = shown.get(message.id);
    if (old && old.message.revision >= message.revision) return;
    const entry = old ?? { element: make("article") };
    const sameCard = old && JSON.stringify(old.message.card) === JSON.stringify(message.card);
    entry.message = message;
    shown.set(message.id, entry);
    const follow = atEnd(list(message.chat));
    if (!old) {
      list(message.chat).append(entry.element);
      if (isNew && message.from !== "me") notify(message.chat);
    }
    write(entry, sameCard);
    if (old && message.card && !sameCard) announce(dataset.cardChanged.replace("%s", message.card.speak ?? ""));
    if (follow) toEnd(list(message.chat));
    if (message.refresh) refresh(message);
  }

  function write({ element, message }, sameCard) {
    const kept = sameCard ? element.querySelector(".card-box") : null;
    const notice = element.querySelector(".notice");
    const hadFocus = element.contains(document.activeElement);
    const name = message.from === "me" ? dataset.me : message.name;
    element.className = `message is-${message.from}`;
    element.dataset.id = message.id;
    element.setAttribute("aria-label", `${name}, ${time.format(message.at * 1000)}`);
    const head = make("p", "message-head");
    head.append(make("bdi", "", name), make("time", "", time.format(message.at * 1000)));
    if (message.private) head.append(make("span", "tag", dataset.private));
    if (message.edited) head.append(make("span", "quiet", dataset.edited));
    element.replaceChildren(head);
    if (message.deleted) element.append(make("p", "bubble quiet", dataset.deleted));
    if (message.text) element.append(make("p", "bubble", message.text));
    if (message.card) element.append(kept ?? cardBox(message));
    if (notice) element.append(notice);
    if (hadFocus && !kept) element.querySelector(".card-box")?.focus({ preventScroll: true });
  }

  function cardBox(message) {
    const box = make("div", "card-box");
    box.tabIndex = -1;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", message.card.speak ?? dataset.card);
    const card = window.cards.draw(message.card, (verb, data) => press(message, box, verb, data));
    box.append(card ?? make("p", "", message.card.fallbackText ?? dataset.noCards));
    return box;
  }

  /* What goes to the server */

  async function post(path, body) {
    const response = await fetch(`${dataset.api}/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...who, ...body }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.json();
  }

  async function press(message, box, verb, data) {
    const buttons = [...box.querySelectorAll("button")].filter((button) => !button.disabled);
    buttons.forEach((button) => (button.disabled = true));
    box.setAttribute("aria-busy", "true");
    tell(message, "", false);
    try {
      const answer = await post("press", { chat: message.chat, message: message.id, verb, data });
      if (typeof answer.value === "string") tell(message, answer.value, false);
      else if (answer.type === "application/vnd.microsoft.error") tell(message, answer.value?.message || dataset.fault, true);
    } catch {
      tell(message, dataset.fault, true);
    } finally {
      box.removeAttribute("aria-busy");
      buttons.forEach((button) => (button.disabled = false));
    }
  }

  /* As Teams: once for each version of a message that names this person. */
  async function refresh({ chat, id, revision }) {
    if (refreshed.get(id) === revision) return;
    refreshed.set(id, revision);
    await post("refresh", { chat, message: id }).catch(() => undefined);
  }

  /* A short answer under the message; it outlives edits of the card, until the next press. */
  function tell(message, text, isError) {
    const { element } = shown.get(message.id);
    element.querySelector(".notice")?.remove();
    if (!text) return;
    const line = make("p", isError ? "notice is-error" : "notice");
    line.setAttribute("role", isError ? "alert" : "status");
    element.append(line);
    line.textContent = text;
  }

  for (const form of document.querySelectorAll(".say")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const field = form.elements.text;
      const text = field.value.trim();
      if (!text) return;
      field.value = "";
      toEnd(list(form.dataset.chat));
      try {
        await post("say", { chat: form.dataset.chat, text });
      } catch {
        field.value ||= text;
        announce(dataset.fault);
        connection.textContent = dataset.fault;
      }
    });
  }

  /* The frame */

  const atEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const toEnd = (log) => (log.scrollTop = log.scrollHeight);

  function announce(text) {
    announcements.textContent = "";
    announcements.append(make("p", "", text));
  }

  function notify(chat) {
    if (main.dataset.shown === chat) return;
    const count = document.querySelector(`[data-show="${chat}"] .news`);
    count.textContent = Number(count.textContent || 0) + 1;
    count.hidden = false;
  }

  for (const button of document.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      main.dataset.shown = button.dataset.show;
      for (const other of document.querySelectorAll("[data-show]")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      const news = button.querySelector(".news");
      news.hidden = true;
      news.textContent = "";
      toEnd(list(button.dataset.show));
    });
  }

  const source = new EventSource(`${dataset.api}/events?${dataset.query}`);
  source.addEventListener("all", (event) => {
    const first = shown.size === 0;
    for (const chat of ["meeting", "own"]) list(chat).setAttribute("aria-busy", "true");
    JSON.parse(event.data).forEach((message) => receive(message, !first));
    for (const chat of ["meeting", "own"]) {
      list(chat).removeAttribute("aria-busy");
      if (first) toEnd(list(chat));
    }
    if (connection.textContent) {
      connection.textContent = dataset.back;
      setTimeout(() => (connection.textContent = ""), 3000);
    }
    document.body.dataset.ready = "true";
  });
  source.addEventListener("message", (event) => receive(JSON.parse(event.data), true));
  source.addEventListener("error", () => (connection.textContent = dataset.lost));
})();
