"use strict";
// Every name is put on the page as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById("club-data").textContent);
  const { athletes, exercises, faults, entries, logs } = data;
  const byId = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";
  const ROWS = 100;
  const SESSIONS = 8;
  if (!entries.length) return;

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    return filled(made, attributes, children);
  }

  function drawn(name, attributes = {}, ...children) {
    return filled(document.createElementNS(SVG, name), attributes, children);
  }

  function filled(made, attributes, children) {
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const name = (text) => element("bdi", {}, text);
  const options = (select, names) => names.forEach((text, number) => select.append(element("option", { value: number }, text)));

  // ---- the table ----

  const search = byId("search");
  const chosen = { athlete: byId("by-athlete"), exercise: byId("by-exercise"), fault: byId("by-fault") };
  const body = byId("table").tBodies[0];
  const more = byId("more");
  const order = { key: "date", down: true };
  const words = entries.map((entry) =>
    [athletes[entry.athlete], exercises[entry.exercise], entry.file, entry.date, entry.view, ...entry.faults.map(([fault]) => faults[fault][0])]
      .join(" ")
      .toLowerCase(),
  );
  const sorters = {
    athlete: (entry) => athletes[entry.athlete].toLowerCase(),
    exercise: (entry) => exercises[entry.exercise],
    faults: (entry) => entry.faults.reduce((sum, [, major]) => sum + (major ? 100 : 1), 0),
    file: (entry) => entry.file.toLowerCase(),
  };
  let shown = [];

  function matching() {
    const asked = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const [athlete, exercise, fault] = [chosen.athlete.value, chosen.exercise.value, chosen.fault.value];
    return entries.filter(
      (entry, number) =>
        (athlete === "" || entry.athlete === +athlete) &&
        (exercise === "" || entry.exercise === +exercise) &&
        (fault === "" || entry.faults.some(([found]) => found === +fault)) &&
        asked.every((part) => words[number].includes(part)),
    );
  }

  // What is unknown comes last in either direction.
  function sorted(list) {
    const value = sorters[order.key] || ((entry) => entry[order.key]);
    const unknown = (found) => found === null || found === "";
    const sign = order.down ? -1 : 1;
    return list
      .map((entry) => [value(entry), entry])
      .sort(([a], [b]) => (unknown(a) || unknown(b) ? unknown(a) - unknown(b) : a < b ? -sign : a > b ? sign : 0))
      .map(([, entry]) => entry);
  }

  function row(entry) {
    const found = entry.faults
      .slice(0, 3)
      .map(([fault, major]) => element("span", { class: "found" }, element("span", { class: `dot ${major ? "major" : "minor"}`, role: "img", "aria-label": major ? "to fix:" : "worth a cue:" }), ` ${faults[fault][0]}`));
    const rest = entry.faults.length - found.length;
    return element(
      "tr",
      {},
      element("td", { class: "date" }, entry.date || "–"),
      element("td", {}, name(athletes[entry.athlete])),
      element("td", {}, exercises[entry.exercise]),
      element("td", { class: "number score" }, entry.score === null ? "–" : String(entry.score)),
      element("td", { class: "number" }, `${entry.coverage} %`),
      element("td", {}, entry.amount),
      element("td", {}, ...found, ...(rest > 0 ? [element("span", { class: "quiet" }, `and ${rest} more`)] : [])),
      element("td", {}, entry.view),
      element("td", { class: "file" }, element("a", { href: entry.link, title: entry.file }, name(entry.file.split("/").pop()))),
    );
  }

  function show(upTo) {
    const rows = shown.slice(body.rows.length, upTo).map(row);
    body.append(...rows);
    const rest = shown.length - body.rows.length;
    more.hidden = rest === 0;
    more.textContent = `Show ${Math.min(rest, ROWS)} more`;
  }

  function refresh() {
    shown = sorted(matching());
    body.replaceChildren();
    show(ROWS);
    byId("shown").textContent = shown.length === entries.length ? `${entries.length} assessments` : `${shown.length} of ${entries.length} assessments`;
    for (const head of document.querySelectorAll("#table th")) {
      if (head.dataset.key === order.key) head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  function filterBy({ athlete = "", exercise = "", fault = "" }) {
    search.value = "";
    chosen.athlete.value = athlete;
    chosen.exercise.value = exercise;
    chosen.fault.value = fault;
    refresh();
  }

  options(chosen.athlete, athletes);
  options(chosen.exercise, exercises);
  options(chosen.fault, faults.map(([sentence, exercise]) => `${exercise}: ${sentence}`));
  search.addEventListener("input", refresh);
  Object.values(chosen).forEach((select) => select.addEventListener("change", refresh));
  byId("clear").addEventListener("click", () => filterBy({}));
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => show(body.rows.length + ROWS));
  for (const head of document.querySelectorAll("#table th"))
    head.firstElementChild.addEventListener("click", () => {
      const { key } = head.dataset;
      order.down = order.key === key ? !order.down : ["date", "score", "coverage", "faults"].includes(key);
      order.key = key;
      refresh();
    });
  byId("filters").hidden = false;
  refresh();

  // ---- one athlete: progress and log ----

  const CHART = { width: 300, height: 120, left: 26, right: 10, top: 12, bottom: 20 };
  const day = (date) => Date.parse(`${date}T00:00:00Z`) / 86400000;

  function trend(exercise, list) {
    const days = list.map((entry) => day(entry.date));
    const [first, last] = [Math.min(...days), Math.max(...days)];
    const x = (at) => (last > first ? CHART.left + ((at - first) / (last - first)) * (CHART.width - CHART.left - CHART.right) : CHART.width / 2);
    const y = (score) => CHART.top + (1 - score / 100) * (CHART.height - CHART.top - CHART.bottom);
    const points = list.map((entry, number) => [x(days[number]), y(entry.score)]);
    const chart = drawn("svg", { viewBox: `0 0 ${CHART.width} ${CHART.height}`, role: "group", "aria-label": `Score of ${exercise} over time` });
    for (const level of [0, 50, 100])
      chart.append(
        drawn("path", { class: "level", d: `M${CHART.left} ${y(level)}H${CHART.width - CHART.right}` }),
        drawn("text", { x: CHART.left - 6, y: y(level) + 3.5, "text-anchor": "end" }, String(level)),
      );
    chart.append(drawn("path", { d: `M${points.map((point) => point.map((number) => number.toFixed(1)).join(" ")).join("L")}` }));
    list.forEach((entry, number) => {
      const [cx, cy] = points[number];
      chart.append(drawn("a", { href: entry.link }, drawn("title", {}, `${entry.date}: ${entry.score}, ${entry.file}`), drawn("circle", { cx: cx.toFixed(1), cy: cy.toFixed(1), r: 4 })));
    });
    chart.append(drawn("text", { x: first < last ? CHART.left : CHART.width / 2, y: CHART.height - 4, "text-anchor": first < last ? "start" : "middle" }, list[0].date));
    if (first < last) chart.append(drawn("text", { x: CHART.width - CHART.right, y: CHART.height - 4, "text-anchor": "end" }, list[list.length - 1].date));
    const change = list.length > 1 ? `${list[0].score} → ${list[list.length - 1].score}` : String(list[0].score);
    return element("figure", { class: "trend" }, element("figcaption", {}, exercise, element("span", {}, change)), chart);
  }

  function weeks(log) {
    const items = log.weeks.map(([monday, days, told, met]) =>
      element("li", { class: met ? "met" : "", title: `Week of ${monday}: ${told}` }, element("strong", {}, String(days)), monday.slice(5)),
    );
    return [
      element("h3", {}, "Strengthening, days a week"),
      element("p", { class: "quiet" }, "Twice a week is asked for. Weeks by their Monday, the latest first; days that nobody filmed are not seen here."),
      element("ol", { class: "weeks" }, ...items),
    ];
  }

  function sessions(log, upTo) {
    const rows = log.sessions.slice(0, upTo).flatMap((session) =>
      session.done.map(([exercise, told, wanted, met], number) =>
        element(
          "tr",
          {},
          element("td", {}, number ? "" : session.date, ...(number || !session.jog ? [] : [element("span", { class: "quiet" }, session.jog)])),
          element("td", {}, exercise),
          element("td", {}, element("span", { class: "mark", "aria-label": met ? "as prescribed" : "" }, met ? "✓" : ""), told),
          element("td", { class: "wanted" }, wanted),
        ),
      ),
    );
    const heads = ["Day", "Exercise", "Seen", "Prescribed"].map((text) => element("th", { scope: "col" }, text));
    const all = element("button", { type: "button" }, `Show all ${log.sessions.length} sessions`);
    all.addEventListener("click", () => byId("log").replaceChildren(...weeks(log), ...sessions(log, Infinity)));
    return [
      element("h3", {}, "Sessions"),
      element("div", { class: "wide" }, element("table", { class: "sessions" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows))),
      ...(log.sessions.length > upTo ? [element("p", {}, all)] : []),
    ];
  }

  const choice = byId("athlete-choice");

  function showAthlete(number) {
    choice.value = number;
    const mine = entries.filter((entry) => entry.athlete === number && entry.date !== null);
    const scored = mine.filter((entry) => entry.score !== null).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
    const charts = exercises.map((exercise, at) => [exercise, scored.filter((entry) => entry.exercise === at)]).filter(([, list]) => list.length);
    byId("no-dates").hidden = mine.length > 0;
    byId("progress").replaceChildren(...charts.map(([exercise, list]) => trend(exercise, list)));
    const log = logs[number];
    byId("log").replaceChildren(...(log.weeks.length ? [...weeks(log), ...sessions(log, SESSIONS)] : []));
  }

  options(choice, athletes);
  choice.addEventListener("change", () => showAthlete(+choice.value));
  const dated = athletes.map((_, number) => entries.filter((entry) => entry.athlete === number && entry.date !== null).length);
  showAthlete(dated.indexOf(Math.max(...dated)));
  byId("athlete").hidden = false;

  // ---- from the overview and the faults to their clips ----

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-athlete], button[data-fault]");
    if (!button) return;
    const { athlete = "", exercise = "", fault = "" } = button.dataset;
    if (athlete !== "") showAthlete(+athlete);
    filterBy({ athlete, exercise, fault });
    byId(button.classList.contains("name") ? "athlete" : "clips").scrollIntoView();
  });
})();
