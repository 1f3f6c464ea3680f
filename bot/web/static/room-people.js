/* Filters the people as one types; accents and case do not matter. */
"use strict";

(() => {
  const search = document.getElementById("search");
  if (!search) return;
  const found = document.getElementById("found");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const people = [...document.querySelectorAll("[data-person]")].map((element) => ({
    element,
    words: plain(`${element.textContent} ${element.closest(".bench").querySelector("h3").textContent}`),
  }));
  const benches = [...document.querySelectorAll(".bench")];

  search.addEventListener("input", () => {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    for (const { element, words } of people) element.hidden = !wanted.every((word) => words.includes(word));
    for (const bench of benches) bench.hidden = !bench.querySelector("[data-person]:not([hidden])");
    found.textContent = people.some(({ element }) => !element.hidden) ? "" : found.dataset.none;
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    document.querySelector("[data-person]:not([hidden]) :is(a, button)")?.focus();
  });
})();
