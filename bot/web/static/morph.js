/* Puts new HTML in place of an element by changing only what differs: focus, selection, what a reader has opened and
   what somebody is typing stay as they are. What elements marked data-clock or data-kept hold is
   left to the scripts of the page. */
"use strict";

window.morph = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  /* The single element of that markup, in the namespace of the one it is to replace. */
  function parse(html, model) {
    const template = document.createElement("template");
    if (model.namespaceURI === SVG && model.nodeName !== "svg") {
      template.innerHTML = `<svg>${html}</svg>`;
      return template.content.firstElementChild.firstElementChild;
    }
    template.innerHTML = html;
    return template.content.firstElementChild;
  }

  function attributes(from, to) {
    for (const { name } of [...from.attributes]) {
      if (!to.hasAttribute(name) && !(name === "open" && from.nodeName === "DETAILS")) from.removeAttribute(name);
    }
    for (const { name, value } of to.attributes) {
      if (from.getAttribute(name) !== value) from.setAttribute(name, value);
    }
  }

  /* In a list, a line is known by its id: it stays the same element where others come and go around it. */
  function align(from, to) {
    for (const list of [from, to]) {
      for (const node of [...list.childNodes]) if (node.nodeType === Node.TEXT_NODE) node.remove();
    }
    const lines = new Map([...to.children].map((line) => [line.id, line]));
    for (const line of [...from.children]) if (line.id && !lines.has(line.id)) line.remove();
    [...to.children].forEach((line, place) => {
      const old = [...from.children].find((one) => one.id === line.id);
      if (!line.id || old === from.children[place]) return;
      from.insertBefore(old ?? line.cloneNode(false), from.children[place] ?? null);
    });
  }

  function children(from, to) {
    if (from.matches("ol, ul")) align(from, to);
    const fresh = [...to.childNodes];
    fresh.forEach((node, place) => {
      const old = from.childNodes[place];
      if (!old) from.append(node);
      else change(old, node);
    });
    while (from.childNodes.length > fresh.length) from.lastChild.remove();
  }

  function change(from, to) {
    if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName) {
      from.replaceWith(to);
    } else if (from.nodeType !== Node.ELEMENT_NODE) {
      if (from.data !== to.data) from.data = to.data;
    } else {
      const runs = ["data-clock", "data-kept"].some((left) => from.hasAttribute(left) && to.hasAttribute(left));
      attributes(from, to);
      if (!runs) children(from, to);
    }
  }

  return (element, html) => change(element, parse(html, element));
})();
