/* The order of the items still to come: drawn by hand to another place, or moved by Alt and an arrow. */
"use strict";

(() => {
  const movable = (list) => [...list.children].filter((line) => line.draggable);
  let drawn = null;

  function move(line, before) {
    window.desk.act("move_item", { item: line.dataset.item, ...(before ? { before: before.dataset.item } : {}) });
  }

  /* The line before which that one would fall; null: after all of them. */
  function fall(list, height) {
    const others = movable(list).filter((line) => line !== drawn);
    return others.find((line) => height < line.getBoundingClientRect().top + line.offsetHeight / 2) ?? null;
  }

  function mark(list, before) {
    for (const line of list.children) line.classList.toggle("is-target", line === before);
    list.classList.toggle("is-target-last", before === null);
  }

  function clear() {
    document.querySelectorAll(".is-target").forEach((line) => line.classList.remove("is-target"));
    document.querySelector("[data-order]")?.classList.remove("is-target-last");
    drawn = null;
  }

  document.addEventListener("dragstart", (event) => {
    drawn = event.target.closest?.("[data-order] > li[draggable]") ?? null;
    if (drawn) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const list = drawn && event.target.closest?.("[data-order]");
    if (!list) return;
    event.preventDefault();
    mark(list, fall(list, event.clientY));
  });
  document.addEventListener("drop", (event) => {
    const list = drawn && event.target.closest?.("[data-order]");
    if (!list) return;
    event.preventDefault();
    move(drawn, fall(list, event.clientY));
    clear();
  });
  document.addEventListener("dragend", clear);

  document.addEventListener("keydown", (event) => {
    const line = event.altKey && event.target.closest?.("[data-order] > li[draggable]");
    if (!line || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const lines = movable(line.parentElement);
    const place = lines.indexOf(line);
    if (event.key === "ArrowUp" && place > 0) move(line, lines[place - 1]);
    if (event.key === "ArrowDown" && place < lines.length - 1) move(line, lines[place + 2] ?? null);
  });
})();
