// Reads {name: card} on standard input, writes {name: [what Microsoft's own parser says]} on standard output.
const path = require("node:path");
const fs = require("node:fs");
const AC = require(path.resolve(process.argv[2], "dist", "adaptivecards.js"));

AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = text;
  result.didProcess = true;
};

function faults(json) {
  const context = new AC.SerializationContext(AC.Versions.v1_5);
  const card = new AC.AdaptiveCard();
  delete json.lang; // the package tests it with a global regular expression, which refuses every second card
  card.parse(json, context);
  const found = [];
  for (let i = 0; i < context.eventCount; i++) found.push(context.getEventAt(i).message);
  for (const event of card.validateProperties().validationEvents) found.push(event.message);
  return found;
}

const cards = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(Object.fromEntries(Object.entries(cards).map(([n, c]) => [n, faults(c)]))));
