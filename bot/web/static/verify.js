/* Checks a receipt in this browser, by arithmetic alone and asking nobody: the line of the journal, the proof that it
   is in the tree (RFC 6962), the signature of the head (C2SP signed note, Ed25519). guides/journal-format.md. */
"use strict";

window.receipts = (() => {
  const FORMAT = "c2sp.org/tlog-proof@v1";
  const ED25519 = Uint8Array.of(1);
  const [LEAF, NODE] = [Uint8Array.of(0), Uint8Array.of(1)];
  const utf8 = (text) => new TextEncoder().encode(text);
  const same = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);

  function bytes(base64) {
    const raw = atob(base64);
    if (btoa(raw) !== base64) throw new Error("base64");
    return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
  }

  async function sha256(...parts) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer()));
  }

  /* `name+id+key`: the name has no plus, the key may. */
  function key(text) {
    const [, name, id, value] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? [];
    const raw = bytes(value ?? "");
    if (raw.length !== 33 || raw[0] !== ED25519[0]) throw new Error("key");
    return { name, id, public: raw.slice(1) };
  }

  function note(text) {
    const gap = text.lastIndexOf("\n\n");
    const message = text.slice(0, gap + 1);
    const [origin, size, root] = message.split("\n");
    if (gap < 0 || !/^(0|[1-9]\d{0,14})$/.test(size)) throw new Error("note");
    const signatures = text.slice(gap + 2).split("\n").filter(Boolean).map((line) => {
      const [, name, value] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      return { name, value: bytes(value ?? "") };
    });
    return { message, origin, size: Number(size), root: bytes(root), signatures };
  }

  function proof(text) {
    const gap = text.indexOf("\n\n");
    const lines = text.slice(0, gap).split("\n");
    if (gap < 0 || lines.shift() !== FORMAT) throw new Error("proof");
    if (lines[0]?.startsWith("extra ")) lines.shift();
    const [, index] = /^index (0|[1-9]\d{0,14})$/.exec(lines.shift() ?? "") ?? [];
    const path = lines.map(bytes);
    if (index === undefined || path.some((hash) => hash.length !== 32)) throw new Error("proof");
    return { index: Number(index), path, head: note(text.slice(gap + 2)) };
  }

  /* The root that this leaf and these neighbours lead to; null: they fit no tree of that size. RFC 9162, 2.1.3.2. */
  async function rootOf(leaf, index, size, path) {
    let [node, last, hash] = [index, size - 1, leaf];
    if (index >= size) return null;
    for (const sibling of path) {
      if (last === 0) return null;
      if (node % 2 === 1 || node === last) {
        hash = await sha256(NODE, sibling, hash);
        while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
      } else {
        hash = await sha256(NODE, hash, sibling);
      }
      [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    }
    return last === 0 ? hash : null;
  }

  /* Whether that key signed that head; null where this browser does not know how to tell. */
  async function isSigned(head, trusted) {
    const id = (await sha256(utf8(`${trusted.name}\n`), ED25519, trusted.public)).slice(0, 4);
    const own = head.signatures.filter(({ name, value }) => name === trusted.name && same(value.slice(0, 4), id));
    if (own.length === 0) return false;
    let imported;
    try {
      imported = await crypto.subtle.importKey("raw", trusted.public, { name: "Ed25519" }, false, ["verify"]);
    } catch {
      return null;
    }
    const verdicts = own.map(({ value }) =>
      crypto.subtle.verify({ name: "Ed25519" }, imported, value.slice(4), utf8(head.message)),
    );
    return (await Promise.all(verdicts)).every(Boolean);
  }

  /* Every answer about that receipt, under the key that is trusted: never the one that the receipt brings along. */
  async function check(file, trusted) {
    try {
      const { index, path, head } = proof(file.proof);
      const line = JSON.parse(file.line);
      const root = await rootOf(await sha256(LEAF, utf8(file.line)), index, head.size, path);
      const included = root !== null && same(root, head.root) && line.seq === index;
      const here = head.origin === `hemicycle/${line.sitting}`;
      return { wellFormed: true, included, here, signed: await isSigned(head, key(trusted)), line, head };
    } catch {
      return { wellFormed: false, included: false, here: false, signed: false };
    }
  }

  /* Both roots that a consistency proof leads to; null: it fits no trees of those sizes. RFC 9162, 2.1.4.2. */
  async function bothRoots(size, latest, path) {
    let [node, last] = [size - 1, latest - 1];
    if (path.length === 0) return null;
    while (node % 2 === 1) [node, last] = [(node - 1) / 2, Math.floor(last / 2)];
    let [before, after] = [path[0], path[0]];
    for (const sibling of path.slice(1)) {
      if (last === 0) return null;
      if (node % 2 === 1 || node === last) {
        [before, after] = [await sha256(NODE, sibling, before), await sha256(NODE, sibling, after)];
        while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
      } else {
        after = await sha256(NODE, after, sibling);
      }
      [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    }
    return last === 0 ? [before, after] : null;
  }

  /* Whether the newest head continues the journal of that one, nothing taken out and nothing changed. */
  async function continues(head, latest, path) {
    if (head.size === latest.size) return path.length === 0 && same(head.root, latest.root);
    const isWhole = Number.isInteger(Math.log2(head.size));
    const roots = await bothRoots(head.size, latest.size, isWhole ? [head.root, ...path] : path);
    return roots !== null && same(roots[0], head.root) && same(roots[1], latest.root);
  }

  /* What somebody pasted: a whole note, with or without its blank line, or the root alone, broken as paper breaks it. */
  function pasted(text) {
    const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
    const first = lines.findIndex((line) => line.startsWith("hemicycle/"));
    const [origin, size, root, ...signatures] = first < 0 ? [] : lines.slice(first);
    if (/^[1-9]\d{0,14}$/.test(size ?? "") && /^[A-Za-z0-9+/]{43}=$/.test(root ?? "")) {
      const whole = note([origin, size, root, "", ...signatures.filter((line) => line.startsWith("— ")), ""].join("\n"));
      return { origin, size: Number(size), root: whole.root, note: whole.signatures.length ? whole : null };
    }
    const [alone] = /[A-Za-z0-9+/]{43}=/.exec(text.replace(/\s/g, "")) ?? [];
    return alone ? { root: bytes(alone) } : null;
  }

  /* What that makes; null: it could not be read. */
  function attempt(read) {
    try {
      return read();
    } catch {
      return null;
    }
  }

  /* What a pasted head is beside those that this page was given: each of them is checked first. */
  async function compare(text, published, trusted, sitting) {
    const heads = attempt(() => published.map((one) => ({ ...note(one.note), proof: one.proof.map(bytes) })));
    const latest = heads?.at(-1);
    if (!latest) return { verdict: "broken", size: "?" };
    for (const head of heads) {
      const isOurs = head.origin === `hemicycle/${sitting}` && (await isSigned(head, key(trusted))) !== false;
      if (!isOurs || !(await continues(head, latest, head.proof))) return { verdict: "broken", size: head.size };
    }
    const given = attempt(() => pasted(text));
    if (!given) return { verdict: "unreadable" };
    const told = { size: given.size, latest: latest.size };
    if (given.origin && given.origin !== `hemicycle/${sitting}`) return { verdict: "elsewhere", ...told };
    const known = heads.find((head) => same(head.root, given.root) && (given.size ?? head.size) === head.size);
    if (known) return { verdict: known === latest ? "newest" : "same", size: known.size, latest: latest.size };
    if (given.note && (await isSigned(given.note, key(trusted))) === false) return { verdict: "forged", ...told };
    const isOther = given.note && heads.some((head) => head.size === given.size);
    return { verdict: isOther ? "split" : "unknown", ...told };
  }

  return { check, compare };
})();
