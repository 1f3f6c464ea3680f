/* What is typed and not sent yet stays in this tab: through a live change of the page, and through a reload. */
"use strict";

window.drafts = (() => {
  const OURS = `hemicycle:${document.body.dataset.sitting}:`;
  const read = (key) => sessionStorage.getItem(OURS + key);
  const drop = (key) => sessionStorage.removeItem(OURS + key);
  const keep = (key, value, saved = "") => (value === saved ? drop(key) : sessionStorage.setItem(OURS + key, value));

  /* Fields marked data-draft: what was typed in them, else what is saved. */
  function fill(within) {
    for (const field of within.querySelectorAll("[data-draft]")) {
      if (field !== document.activeElement) field.value = read(field.dataset.draft) ?? field.dataset.saved ?? "";
    }
  }

  document.addEventListener("input", ({ target }) => {
    if (target.dataset?.draft) keep(target.dataset.draft, target.value, target.dataset.saved);
  });

  /* The fields of a card, which is drawn anew each time: known by the buttons that it would be sent with. */
  const nodes = (part) => (part && typeof part === "object" ? [part, ...Object.values(part).flatMap(nodes)] : []);
  const inputs = (card) => nodes(card).filter((node) => String(node.type).startsWith("Input.") && node.id);
  const sends = (card) => nodes(card).filter((node) => node.type === "Action.Execute");
  const known = (card) => "card:" + JSON.stringify(sends(card).map((button) => [button.verb, button.data]));

  /* The same card, with what was typed before in its fields. */
  function restored(card) {
    const before = JSON.parse(read(known(card)) ?? "{}");
    const copy = structuredClone(card);
    for (const input of inputs(copy)) if (input.id in before) input.value = before[input.id];
    return copy;
  }

  return {
    fill,
    drop,
    restored,
    has: (card) => inputs(card).length > 0,
    keepCard: (card, values) => keep(known(card), JSON.stringify(values), "{}"),
    dropCard: (card) => drop(known(card)),
  };
})();
