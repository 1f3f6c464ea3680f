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

  return { check };
})();
