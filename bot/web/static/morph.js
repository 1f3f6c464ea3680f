/* Puts new HTML in place of an element by changing only what differs: focus, selection and what a reader has
   opened stay as they are. Elements marked data-clock are left to the clock. */
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

  function children(from, to) {
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
      const runs = from.hasAttribute("data-clock") && to.hasAttribute("data-clock");
      attributes(from, to);
      if (!runs) children(from, to);
    }
  }

  return (element, html) => change(element, parse(html, element));
})();
