"use strict";
// One moment is shown everywhere at once: in the video (or the stick figure), on every chart and on the clock.
(() => {
  const data = JSON.parse(document.getElementById("report-data").textContent);
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const root = document.documentElement;
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

  // The last row whose time is not after t; times ascend.
  function rowAt(times, t) {
    let low = 0;
    let high = times.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (times[middle] <= t + 1e-6) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function nearestRow(times, t) {
    const row = rowAt(times, t);
    return row + 1 < times.length && times[row + 1] - t < t - times[row] ? row + 1 : row;
  }

  // ---- players: a video, or a figure with a clock of its own ----

  // Browsers show the frame before the one asked for when a time falls on the frame's very start.
  const INSIDE_FRAME_S = 0.002;

  function videoPlayer(video) {
    let wanted = null;
    const go = () => {
      video.currentTime = wanted + INSIDE_FRAME_S;
      wanted = null;
    };
    video.addEventListener("seeked", () => wanted !== null && go());
    return {
      end: () => video.duration || Infinity,
      now: () => (wanted === null ? video.currentTime : wanted),
      paused: () => video.paused,
      play: () => video.play().catch(() => {}),
      pause: () => video.pause(),
      speed: (rate) => (video.playbackRate = rate),
      seek: (t) => {
        wanted = t;
        if (!video.seeking) go();
      },
    };
  }

  function figurePlayer(figure) {
    const last = figure.time_s[figure.time_s.length - 1];
    const state = { at: 0, rate: 1, startedAt: null };
    const now = () => {
      if (state.startedAt === null) return state.at;
      const t = state.at + ((performance.now() - state.startedAt) / 1000) * state.rate;
      if (t >= last) Object.assign(state, { at: last, startedAt: null });
      return Math.min(t, last);
    };
    const seek = (t) => {
      state.at = clamp(t, 0, last);
      if (state.startedAt !== null) state.startedAt = performance.now();
    };
    return {
      end: () => last,
      now,
      seek,
      paused: () => now() !== undefined && state.startedAt === null,
      play: () => {
        if (state.at >= last) state.at = 0;
        state.startedAt = performance.now();
      },
      pause: () => Object.assign(state, { at: now(), startedAt: null }),
      speed: (rate) => {
        seek(now());
        state.rate = rate;
      },
    };
  }

  // Points come as the nose, then each part's left and right.
  function drawFigure(svg, figure, t) {
    const flat = figure.points[rowAt(figure.time_s, t)];
    const point = (part, side) => {
      const at = 2 * (1 + 2 * part + side);
      return flat[at] === null ? null : [flat[at], flat[at + 1]];
    };
    const line = (a, b) => (a && b ? `M${a}L${b}` : "");
    const limbs = (side) => figure.limbs.map(([a, b]) => line(point(a, side), point(b, side))).join("");
    const across = figure.across.map((part) => line(point(part, 0), point(part, 1))).join("");
    const near = figure.near === "right" ? 1 : 0;
    one("path.near", svg).setAttribute("d", across + limbs(near));
    one("path.far", svg).setAttribute("d", limbs(1 - near));
    const [shoulder, hip] = figure.across.map((part) => point(part, near));
    const head = one("circle", svg);
    const known = flat[0] !== null && shoulder && hip;
    head.setAttribute("r", known ? Math.hypot(shoulder[0] - hip[0], shoulder[1] - hip[1]) * 0.22 : 0);
    if (known) {
      head.setAttribute("cx", flat[0]);
      head.setAttribute("cy", flat[1]);
    }
  }

  // ---- state ----

  const boxes = all(".player");
  const players = data.clips.map((clip) => figurePlayer(clip.figure));
  const plots = new Map();
  let clip = 0;
  let stretch = 0;

  const player = () => players[clip];

  function show() {
    const t = player().now();
    const svg = one(".stick", boxes[clip]);
    if (!svg.hasAttribute("hidden")) drawFigure(svg, data.clips[clip].figure, t);
    one("#now").textContent = `${t.toFixed(2)} s`;
    const paused = player().paused();
    one("#play").textContent = paused ? "▶" : "❚❚";
    one("#play").setAttribute("aria-label", paused ? "Play" : "Pause");
    for (const plot of plots.get(stretch) || []) plot.moveTo(data.stretches[stretch].clip === clip ? t : null);
  }

  // A video reports its time four times a second; charts follow every picture while it plays.
  let ticking = false;
  function tick() {
    show();
    followStretch();
    ticking = !player().paused();
    if (ticking) requestAnimationFrame(tick);
  }
  const wake = () => !ticking && requestAnimationFrame(tick);

  function showClip(number) {
    if (number === clip) return;
    player().pause();
    clip = number;
    boxes.forEach((box, i) => (box.hidden = i !== clip));
  }

  function showStretch(number) {
    stretch = number;
    all(".charts").forEach((box, i) => (box.hidden = i !== stretch));
    if (!plots.has(stretch)) plots.set(stretch, buildPlots(stretch));
  }

  function followStretch() {
    const t = player().now();
    const inside = (s) => s.clip === clip && t >= s.start_s && t <= s.end_s;
    const found = data.stretches.findIndex(inside);
    if (found >= 0 && found !== stretch && !inside(data.stretches[stretch])) showStretch(found);
  }

  function seek(t, of_clip = clip) {
    showClip(of_clip);
    player().seek(clamp(t, 0, player().end()));
    show();
  }

  // ---- charts ----

  const HEIGHT = 96;
  const LANE = 7;

  function columns(of_stretch) {
    const lanes = ["left", "right"].filter((side) => of_stretch.repetitions.some((rep) => rep.side === side));
    const spans = of_stretch.repetitions.concat(of_stretch.holds);
    const apart = spans.every((rep, i) => i === 0 || rep.start_s >= spans[i - 1].end_s - 0.02);
    return { lanes: apart ? [] : lanes, spans, apart };
  }

  function paintUnder(u, of_stretch, chart) {
    const { ctx, bbox } = u;
    const x = (t) => clamp(u.valToPos(t, "x", true), bbox.left, bbox.left + bbox.width);
    const { lanes, spans, apart } = columns(of_stretch);
    const px = devicePixelRatio;
    ctx.save();
    spans.forEach((rep, i) => {
      const [from, to] = [x(rep.start_s), x(rep.end_s)];
      if (apart) {
        ctx.fillStyle = colour("rep");
        ctx.fillRect(from, bbox.top, to - from, bbox.height);
        ctx.fillStyle = colour("rep-edge");
        ctx.fillRect(from, bbox.top, px, bbox.height);
        ctx.fillRect(to - px, bbox.top, px, bbox.height);
      } else {
        const lane = Math.max(0, lanes.indexOf(rep.side));
        ctx.fillStyle = colour(rep.side || "body");
        ctx.fillRect(from + px, bbox.top - (2 - lane) * LANE * px, Math.max(px, to - from - 2 * px), (LANE - 3) * px);
      }
      if (apart && to - from > 12 * px) {
        ctx.fillStyle = colour("quiet");
        ctx.font = `${10 * px}px system-ui, sans-serif`;
        ctx.textAlign = "center";
        ctx.fillText(i + 1, (from + to) / 2, bbox.top - 4 * px);
      }
    });
    if (chart.good) {
      const [low, high] = chart.good;
      const y = (v, open) => (v === null ? open : clamp(u.valToPos(v, "y", true), bbox.top, bbox.top + bbox.height));
      const [top, bottom] = [y(high, bbox.top), y(low, bbox.top + bbox.height)];
      ctx.fillStyle = colour("band");
      ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
      ctx.fillStyle = colour("good-fill");
      if (high !== null) ctx.fillRect(bbox.left, top, bbox.width, px);
      if (low !== null) ctx.fillRect(bbox.left, bottom - px, bbox.width, px);
    }
    ctx.restore();
  }

  // Faults as the signs of the cards: an octagon for what to fix, a triangle for what is worth a cue.
  function paintFaults(u, chart) {
    const { ctx } = u;
    const r = 6 * devicePixelRatio;
    for (const fault of chart.faults) {
      const [x, y] = [u.valToPos(fault.time_s, "x", true), u.valToPos(fault.value, "y", true)];
      const corners = fault.status === "major" ? 8 : 3;
      ctx.beginPath();
      for (let i = 0; i < corners; i += 1) {
        const a = -Math.PI / 2 + ((i + (corners === 8 ? 0.5 : 0)) * 2 * Math.PI) / corners;
        ctx.lineTo(x + r * Math.cos(a), y + r * Math.sin(a));
      }
      ctx.closePath();
      ctx.fillStyle = colour(`${fault.status}-fill`);
      ctx.strokeStyle = colour("card");
      ctx.lineWidth = 1.5 * devicePixelRatio;
      ctx.fill();
      ctx.stroke();
    }
  }

  function valueRange(chart) {
    const values = chart.series.flatMap((line) => line.values).filter((value) => value !== null);
    const edges = (chart.good || []).filter((edge) => edge !== null);
    const marks = chart.faults.map((fault) => fault.value);
    const every = values.concat(edges, marks);
    const low = every.reduce((a, b) => Math.min(a, b), Infinity);
    const high = every.reduce((a, b) => Math.max(a, b), -Infinity);
    const air = Math.max(4, (high - low) * 0.08);
    return [low - air, high + air];
  }

  const AXIS_FONT = "11px system-ui, sans-serif";

  function options(of_stretch, chart, width, last) {
    const axis = { stroke: () => colour("quiet"), font: AXIS_FONT, ticks: { show: false } };
    const grid = { stroke: () => colour("grid"), width: 1 };
    return {
      width,
      height: HEIGHT + (last ? 20 : 0),
      padding: [18, 6, last ? 0 : 4, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false, setScale: false }, bind: silent(), points: { size: 8 } },
      scales: { x: { time: false, range: () => of_stretch.span }, y: { range: () => valueRange(chart) } },
      axes: [
        { ...axis, grid: { show: false }, show: last, size: 22, gap: 3, values: (u, ticks) => ticks.map((t) => `${t} s`) },
        { ...axis, grid, size: 44, gap: 4, space: 24, values: (u, ticks) => ticks.map((v) => `${v}${chart.unit}`.replace("-", "−")) },
      ],
      series: [{}].concat(
        chart.series.map((line) => ({
          stroke: () => colour(line.side),
          width: line.near ? 2 : 1.4,
          dash: line.near ? undefined : [5, 4],
          spanGaps: false,
          points: { show: false },
        }))
      ),
      hooks: {
        drawClear: [(u) => paintUnder(u, of_stretch, chart)],
        draw: [(u) => paintFaults(u, chart)],
      },
    };
  }

  // The library's own mouse handling is replaced: on this page a pointer moves the clip.
  function silent() {
    const events = ["mousedown", "mouseup", "click", "dblclick", "mousemove", "mouseleave", "mouseenter"];
    return Object.fromEntries(events.map((name) => [name, () => null]));
  }

  function buildPlots(number) {
    const of_stretch = data.stretches[number];
    const figures = all(`.charts[data-stretch="${number}"] .chart`);
    return figures.map((figure, i) => buildPlot(figure, of_stretch, of_stretch.charts[i], i === figures.length - 1));
  }

  function buildPlot(figure, of_stretch, chart, last) {
    const box = one(".plot", figure);
    const outputs = all(".line output", figure);
    const u = new uPlot(
      options(of_stretch, chart, box.clientWidth || 600, last),
      [chart.time_s, ...chart.series.map((line) => line.values)],
      box
    );
    new ResizeObserver(() => {
      if (box.clientWidth > 0) u.setSize({ width: box.clientWidth, height: u.height });
    }).observe(box);
    followPointer(box, u, of_stretch);
    followKeys(box, of_stretch);
    return {
      redraw: () => u.redraw(false),
      moveTo: (t) => {
        const inside = t !== null && t >= of_stretch.span[0] - 0.05 && t <= of_stretch.span[1] + 0.05;
        const row = inside ? nearestRow(chart.time_s, t) : -1;
        u.setCursor(inside ? { left: u.valToPos(t, "x"), top: 0 } : { left: -10, top: -10 }, false);
        const said = chart.series.map((line, i) => {
          const value = inside ? line.values[row] : null;
          const text = value === null || value === undefined ? "–" : `${Math.round(value)}${chart.unit}`.replace("-", "−");
          outputs[i].textContent = text;
          return line.side === "body" ? text : `${line.side} ${text}`;
        });
        if (t === null) return;
        box.setAttribute("aria-valuenow", t.toFixed(2));
        box.setAttribute("aria-valuetext", `${t.toFixed(2)} seconds: ${said.join(", ")}`);
      },
    };
  }

  function followPointer(box, u, of_stretch) {
    const timeAt = (event) => {
      const area = u.over.getBoundingClientRect();
      return clamp(u.posToVal(event.clientX - area.left, "x"), of_stretch.span[0], of_stretch.span[1]);
    };
    let dragging = false;
    box.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      dragging = true;
      box.setPointerCapture(event.pointerId);
      seek(timeAt(event), of_stretch.clip);
    });
    box.addEventListener("pointermove", (event) => {
      const hovering = event.pointerType === "mouse" && player().paused();
      if (dragging || hovering) seek(timeAt(event), of_stretch.clip);
    });
    for (const name of ["pointerup", "pointercancel"]) box.addEventListener(name, () => (dragging = false));
  }

  function followKeys(box, of_stretch) {
    const frame_s = data.clips[of_stretch.clip].frame_s;
    const steps = { ArrowLeft: -frame_s, ArrowRight: frame_s, ArrowDown: -frame_s, ArrowUp: frame_s, PageDown: -1, PageUp: 1 };
    box.addEventListener("keydown", (event) => {
      const ends = { Home: of_stretch.span[0], End: of_stretch.span[1] };
      if (event.key === " ") playOrPause();
      else if (event.key in ends) seek(ends[event.key], of_stretch.clip);
      else if (event.key in steps) step(steps[event.key]);
      else return;
      event.preventDefault();
    });
  }

  // ---- controls ----

  function playOrPause() {
    if (player().paused()) player().play();
    else player().pause();
    wake();
  }

  function step(seconds) {
    player().pause();
    seek(player().now() + seconds);
  }

  function jump(button) {
    const number = Number(button.dataset.stretch);
    if (number !== stretch) showStretch(number);
    player().pause();
    seek(Number(button.dataset.time), Number(button.dataset.clip));
    const box = one(".panel").getBoundingClientRect();
    if (box.top < 0 || box.top > innerHeight / 2) one(".panel").scrollIntoView({ block: "start" });
  }

  // A browser's own controls cover what is written into the foot of the picture, so with a mouse they come when wanted.
  function showControlsOnDemand(video) {
    if (!matchMedia("(hover: hover)").matches) return;
    const show = (wanted) => () => (video.controls = wanted || document.activeElement === video);
    video.controls = false;
    video.tabIndex = 0;
    for (const name of ["pointerenter", "focus"]) video.addEventListener(name, show(true));
    for (const name of ["pointerleave", "blur"]) video.addEventListener(name, show(false));
  }

  function useVideo(video, number) {
    players[number] = videoPlayer(video);
    for (const name of ["play", "pause", "seeking", "seeked", "timeupdate", "ratechange"]) video.addEventListener(name, wake);
    const giveUp = () => {
      players[number] = figurePlayer(data.clips[number].figure);
      video.hidden = true;
      one(".stick", boxes[number]).removeAttribute("hidden");
      one(".missing", boxes[number]).hidden = false;
      show();
    };
    showControlsOnDemand(video);
    if (video.error) giveUp();
    else video.addEventListener("error", giveUp);
  }

  function repaint() {
    for (const built of plots.values()) built.forEach((plot) => plot.redraw());
  }

  function followPrinting() {
    let closed = [];
    addEventListener("beforeprint", () => {
      closed = all("details:not([open]):not(.licence)");
      closed.forEach((details) => (details.open = true));
      data.stretches.forEach((_, i) => showStretch(i));
      all(".charts").forEach((box) => (box.hidden = false));
      root.classList.add("printing");
      repaint();
    });
    addEventListener("afterprint", () => {
      closed.forEach((details) => (details.open = false));
      root.classList.remove("printing");
      showStretch(stretch);
      repaint();
    });
  }

  function start() {
    boxes.forEach((box, number) => {
      const video = one("video", box);
      if (video) useVideo(video, number);
    });
    one(".controls").hidden = false;
    one("#play").addEventListener("click", playOrPause);
    one("#back").addEventListener("click", () => step(-data.clips[clip].frame_s));
    one("#forth").addEventListener("click", () => step(data.clips[clip].frame_s));
    one("#speed").addEventListener("change", (event) => players.forEach((p) => p.speed(Number(event.target.value))));
    all(".jump").forEach((button) => button.addEventListener("click", () => jump(button)));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
    followPrinting();
    showClip(data.stretches[0].clip);
    showStretch(0);
    show();
  }

  start();
})();
