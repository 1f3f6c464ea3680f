/* The theme of Teams, as the page opens and whenever it changes: light, dark, or high contrast. In a browser nothing
   is to be done: the style sheets follow the system by themselves. */
"use strict";

(() => {
  const { dataset } = document.currentScript;
  const root = document.documentElement;
  const KEPT = "hemicycle:theme";
  const SHEETS = { default: [], dark: ["dark"], contrast: ["dark", "contrast", "contrast-dark"] };
  let loading = null;

  function apply(theme) {
    const wanted = SHEETS[theme] ?? SHEETS.default;
    root.dataset.theme = theme in SHEETS ? theme : "default";
    for (const link of document.querySelectorAll("link[data-look]")) {
      link.media = wanted.includes(link.dataset.look) ? "all" : "not all";
    }
    try {
      sessionStorage.setItem(KEPT, root.dataset.theme);
    } catch {
      /* a browser that keeps nothing for framed pages: the next page asks Teams again */
    }
  }

  function kept() {
    try {
      return sessionStorage.getItem(KEPT);
    } catch {
      return null;
    }
  }

  /* Microsoft's library, from our own server, once it has found Teams around the page. */
  function load() {
    loading ??= new Promise((found, lost) => {
      const script = document.createElement("script");
      script.src = dataset.teams;
      script.addEventListener("error", () => lost(new Error("no library")));
      script.addEventListener("load", () => {
        const teams = window.microsoftTeams;
        teams.app.initialize().then(() => found(teams), lost);
      });
      document.head.append(script);
    });
    return loading;
  }

  async function follow() {
    const teams = await load();
    teams.app.registerOnThemeChangeHandler(apply);
    const { app, page } = await teams.app.getContext();
    apply(app.theme);
    if (page?.frameContext) root.dataset.frame = page.frameContext; /* content, sidePanel, meetingStage… */
  }

  window.teams = load;
  const isFramed = window.parent !== window || "nativeInterface" in window; /* in a frame, or in Teams on a telephone */
  if (!isFramed) return;
  const last = kept();
  if (last) apply(last);
  follow().catch(() => {}); /* not Teams around us: the theme of the system stays */
})();
