/* Draws Adaptive Cards with Microsoft's library, in the colours of the page. Knows nothing of chats. */
"use strict";

window.cards = (() => {
  const library = window.AdaptiveCards;
  if (!library) return { draw: () => null };

  const tone = (colour, subtle) => ({ default: colour, subtle: subtle || colour });
  const tones = {
    default: tone("var(--ink)", "var(--soft)"),
    dark: tone("var(--ink)", "var(--soft)"),
    light: tone("var(--soft)"),
    accent: tone("var(--here)"),
    good: tone("var(--for)"),
    warning: tone("var(--gold-ink)"),
    attention: tone("var(--against)"),
  };
  const sunk = { backgroundColor: "var(--sunk)", foregroundColors: tones };
  const host = new library.HostConfig({
    supportsInteractivity: true,
    fontFamily: "var(--sans)",
    fontSizes: { small: 13, default: 15, medium: 17, large: 20, extraLarge: 26 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    spacing: { small: 4, default: 8, medium: 12, large: 18, extraLarge: 26, padding: 14 },
    separator: { lineThickness: 1, lineColor: "var(--rule)" },
    containerStyles: {
      default: { backgroundColor: "transparent", foregroundColors: tones },
      emphasis: sunk, accent: sunk, good: sunk, attention: sunk, warning: sunk,
    },
    actions: {
      maxActions: 6,
      spacing: "default",
      buttonSpacing: 8,
      showCard: { actionMode: "inline", inlineTopMargin: 8 },
      actionsOrientation: "horizontal",
      actionAlignment: "left",
    },
    inputs: { label: { requiredInputs: { suffix: " *" }, inputSpacing: "small" } },
    factSet: { title: { weight: "bolder", maxWidth: 180 }, value: { wrap: true }, spacing: 12 },
    textBlock: { headingLevel: 3 },
  });

  /* Teams reads a little markdown. Our cards use none: what a person typed must show as it was typed. */
  library.AdaptiveCard.onProcessMarkdown = (text, result) => {
    const plain = document.createElement("span");
    plain.textContent = text;
    result.outputHtml = plain.innerHTML;
    result.didProcess = true;
  };
  library.GlobalSettings.setTabIndexAtCardRoot = false;

  let last = null;

  /* What stands in the fields of the card that was drawn last, by their ids. */
  const values = () => Object.fromEntries((last?.getAllInputs() ?? []).map((input) => [input.id, String(input.value ?? "")]));

  /* The element of that card; `press` gets (verb, data) of a button. Null for what this library cannot draw. */
  function draw(json, press) {
    const card = new library.AdaptiveCard();
    card.hostConfig = host;
    card.parse(json, new library.SerializationContext(library.Versions.v1_5));
    card.onExecuteAction = (action) => {
      if (action instanceof library.ExecuteAction) press(action.verb ?? "", action.data ?? {});
      else if (action instanceof library.OpenUrlAction) open(action.url, "_blank", "noopener,noreferrer");
    };
    const element = card.render();
    last = card;
    if (element && json.lang) element.lang = json.lang;
    return element ?? null;
  }

  return { draw, values };
})();
