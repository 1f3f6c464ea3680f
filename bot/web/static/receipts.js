/* The page of receipts: each is checked here on demand, kept as a file, and a kept file is checked again. */
"use strict";

(() => {
  const { dataset } = document.body;
  const [words, people, options] = [dataset.words, dataset.people, dataset.options].map((text) => JSON.parse(text));

  function line(list, verdict, text) {
    const item = document.createElement("li");
    item.className = verdict === true ? "is-yes" : verdict === false ? "is-no" : "is-unknown";
    const mark = document.createElement("b");
    mark.textContent = verdict === true ? words.yes : verdict === false ? words.no : words.unknown;
    item.append(mark, ` ${text}`);
    list.append(item);
  }

  /* What the line of the journal says, in words: never what the page says of it. */
  function told({ data, at }) {
    const chosen = options[`${data.poll}/${data.option}`] ?? words.option;
    const choice = data.option ? chosen : (words.choices[data.choice] ?? data.choice);
    return words.says
      .replace("{choice}", choice)
      .replace("{member}", people[data.member] ?? data.member)
      .replace("{time}", new Date(at).toLocaleString(document.documentElement.lang));
  }

  async function show(place, file) {
    const found = await window.receipts.check(file, dataset.key);
    const list = document.createElement("ul");
    const holds = found.wellFormed && found.included && found.here && found.signed === true;
    const verdict = document.createElement("p");
    verdict.className = `verdict ${holds ? "is-adopted" : found.signed === null ? "" : "is-rejected"}`;
    verdict.textContent = holds ? words.holds : found.signed === null && found.included ? words.half : words.fails;
    if (!found.wellFormed) {
      line(list, false, words.unreadable);
    } else {
      line(list, found.included, words.included.replace("{number}", found.line.seq + 1).replace("{size}", found.head.size));
      line(list, found.here && found.line.sitting === dataset.sitting, words.here);
      line(list, found.signed, words.signed.replace("{key}", dataset.key.split("+")[0]));
      line(list, null, told(found.line));
      line(list, null, words.root.replace("{root}", btoa(String.fromCharCode(...found.head.root))));
    }
    place.replaceChildren(verdict, list);
  }

  const fileOf = (button) => JSON.parse(button.closest("[data-receipt]").dataset.receipt);

  document.addEventListener("click", ({ target }) => {
    if (target.matches("[data-check]")) {
      show(target.closest("[data-receipt]").querySelector("[data-found]"), fileOf(target));
    } else if (target.matches("[data-keep]")) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(fileOf(target), null, 1)], { type: "application/json" }));
      link.download = target.dataset.keep;
      link.click();
      URL.revokeObjectURL(link.href);
    }
  });

  document.getElementById("kept").addEventListener("change", async ({ target }) => {
    const [chosen] = target.files;
    if (!chosen) return;
    let file = {};
    try {
      file = JSON.parse(await chosen.text());
    } catch {
      /* not even that: the check says so */
    }
    await show(document.getElementById("kept-found"), file ?? {});
  });
  const GOOD = ["same", "newest"];
  const BAD = ["split", "forged", "broken"];
  document.getElementById("compare")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = document.getElementById("pasted").value;
    const found = await window.receipts.compare(text, JSON.parse(dataset.heads), dataset.key, dataset.sitting);
    const verdict = document.createElement("p");
    const mark = GOOD.includes(found.verdict) ? words.yes : BAD.includes(found.verdict) ? words.no : words.unknown;
    verdict.className = `verdict ${GOOD.includes(found.verdict) ? "is-adopted" : BAD.includes(found.verdict) ? "is-rejected" : ""}`;
    verdict.textContent = `${mark} ${words[`head.${found.verdict}`]}`
      .replace("{size}", found.size ?? "")
      .replace("{latest}", found.latest ?? "");
    document.getElementById("compared").replaceChildren(verdict);
  });
  document.body.dataset.ready = "true";
})();
