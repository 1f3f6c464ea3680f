/* A tab of Teams: Teams says who has opened it, the server checks that word, and the page goes on. */
"use strict";

(async () => {
  const { dataset } = document.body;
  const said = document.getElementById("said");
  const patience = 10000;

  const stop = (text) => {
    said.textContent = text;
    document.getElementById("elsewhere").hidden = false;
  };
  const late = new Promise((_, no) => setTimeout(() => no(new Error("nobody answers")), patience));

  let token;
  try {
    const teams = await Promise.race([window.teams(), late]);
    token = await teams.authentication.getAuthToken();
  } catch {
    return stop(dataset.outside);
  }
  const answer = await fetch("/connexion/teams", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token }),
  }).catch(() => null);
  if (answer?.ok) location.replace(dataset.to);
  else stop(dataset.refused);
})();
