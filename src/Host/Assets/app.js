// What makes pages live. Pages work without it; with it they are told of changes instead of being reloaded.
"use strict";
(() => {
  const streams = new Map();
  const lost = new Set();
  const offline = document.getElementById("offline");
  const telling = () => (offline.hidden = navigator.onLine && lost.size === 0);
  const seconds = (count, act) => setTimeout(act, count * 1000);

  // A fragment is a piece of another page, perhaps another module's. It may be absent; the page is then without it.
  async function load(element, url = element.dataset.fragment) {
    if (!url) return;
    const round = (element.round = (element.round || 0) + 1);
    let html;
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html", "X-Fragment": "1" } });
      if (answer.status === 200) html = await answer.text();
      if (element.round !== round) return;
      if (html === undefined) absent(element);
    } catch {
      // The network is gone, not the piece: what is shown is old and still better than nothing.
      if (element.round === round && element.lacking !== false) absent(element);
    }
    if (html !== undefined) swap(element, html);
  }

  function absent(element) {
    element.lacking = true;
    const note = element.querySelector(":scope > template[data-absent]");
    if (note) element.replaceChildren(note, note.content.cloneNode(true));
  }

  function swap(element, html) {
    if (element.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) {
      // Nobody's half-filled form is taken away; it is fresh when they are done.
      document.activeElement.addEventListener("blur", () => seconds(0.3, () => load(element)), { once: true });
      return;
    }
    const note = element.querySelector(":scope > template[data-absent]");
    const open = [...element.querySelectorAll("details[open][id]")].map((details) => details.id);
    element.innerHTML = html.trim();
    element.lacking = element.childElementCount === 0 || element.querySelector("[data-none]") !== null;
    if (note) element.append(note);
    for (const id of open) element.querySelector("#" + CSS.escape(id))?.setAttribute("open", "");
    start(element);
    tidy();
  }

  // What another module shows of it follows when that module has heard of it: at once as a rule, later if it was away.
  function lookAgain(element, pause = 1) {
    clearTimeout(element.again);
    if (pause > 300) return;
    element.again = seconds(pause, async () => {
      if (!document.contains(element) || element.lacking === false) return;
      await load(element);
      lookAgain(element, pause * 2);
    });
  }

  // Many changes at once are shown once.
  function refresh(element) {
    if (element.due) return;
    element.due = setTimeout(() => {
      element.due = 0;
      load(element);
      others(element).forEach((other) => load(other));
    }, 30);
  }

  const others = (element) =>
    (element.dataset.also || "").split(" ").map((id) => id && document.getElementById(id)).filter(Boolean);
  const names = (list, name) => (list || "").split(" ").includes(name);

  // A live element follows an event stream. Each event shows its fragment, and those it names, anew.
  function follow(element) {
    if (streams.has(element) || !element.dataset.live) return;
    const source = new EventSource(element.dataset.live);
    streams.set(element, source);
    let first = true;
    source.addEventListener("status", (event) => {
      const news = JSON.parse(event.data);
      if (element.dataset.sound === news.status && !first) ring();
      if (!first || element.dataset.status !== news.status) {
        refresh(element);
        others(element).filter((other) => names(other.dataset.when, news.status)).forEach((other) => lookAgain(other));
      }
      if (names(element.dataset.ends, news.status)) source.close();
      queueMicrotask(() => (first = false));
    });
    source.addEventListener("location", (event) => move(element, JSON.parse(event.data)));
    source.addEventListener("figures", () => refresh(element));
    source.addEventListener("charts", (event) => draw(JSON.parse(event.data)));
    source.onopen = () => {
      if (lost.delete(element)) refresh(element);
      telling();
      seconds(1, () => (first = false));
    };
    source.onerror = () => {
      seconds(2, () => {
        if (streams.get(element) !== source || source.readyState === EventSource.OPEN) return;
        lost.add(element);
        telling();
      });
      if (source.readyState === EventSource.CLOSED) seconds(3, () => streams.get(element) === source && again(element));
    };
  }

  // A browser tries again by itself, but not when the stream was refused; and one that has ended is refused too.
  async function again(element, pause = 5) {
    const asking = new AbortController();
    const answer = await fetch(element.dataset.live, { headers: { Accept: "text/event-stream" }, signal: asking.signal }).catch(() => null);
    asking.abort();
    if (!document.contains(element)) return tidy();
    if (answer && answer.status < 500) {
      lost.delete(element);
      telling();
      if (answer.status === 200) {
        restart(element);
      }
      return refresh(element);
    }
    seconds(pause, () => document.contains(element) && again(element, Math.min(60, pause * 2)));
  }

  function restart(element) {
    streams.get(element)?.close();
    streams.delete(element);
    follow(element);
  }

  function tidy() {
    for (const [element, source] of streams) {
      if (document.contains(element)) continue;
      source.close();
      streams.delete(element);
      lost.delete(element);
    }
    telling();
  }

  function move(element, place) {
    const map = element.querySelector("svg[data-bounds]") || document.querySelector("svg[data-bounds]");
    const rider = map?.querySelector(".rider");
    if (!rider) return;
    const [south, west, north, east, width, height] = map.dataset.bounds.split(",").map(Number);
    const x = ((place.longitude - west) / (east - west)) * width;
    const y = ((north - place.latitude) / (north - south)) * height;
    rider.style.transform = `translate(${x}px, ${y}px)`;
    rider.removeAttribute("hidden");
  }

  // Charts and figures that the stream itself brings, by their names. What is shown anew meanwhile gets them as well.
  let brought = { lines: {}, values: {} };
  function draw({ lines, values }) {
    brought = { lines, values };
    for (const line of document.querySelectorAll("[data-line]"))
      if (line.dataset.line in lines) line.setAttribute("points", lines[line.dataset.line]);
    for (const value of document.querySelectorAll("[data-value]"))
      if (value.dataset.value in values) value.textContent = values[value.dataset.value];
  }

  // Sound: off where somebody switched it off on this device, and held back by the browser until the page is touched.
  let audio = null;
  const isQuiet = () => localStorage.getItem("quiet") === "1";
  function tellSound() {
    const sounds = !isQuiet() && audio?.state === "running";
    for (const button of document.querySelectorAll("[data-sound-switch]")) button.setAttribute("aria-pressed", String(sounds));
    for (const hint of document.querySelectorAll("[data-sound-held]")) hint.hidden = sounds || isQuiet();
  }

  function openSound() {
    if (!audio && window.AudioContext) {
      audio = new AudioContext();
      audio.onstatechange = tellSound;
    }
    if (audio?.state === "suspended" && !isQuiet()) audio.resume();
    tellSound();
  }

  function ring() {
    openSound();
    if (isQuiet() || audio?.state !== "running") return;
    [880, 1175, 1568].forEach((pitch, index) => {
      const [tone, gain] = [audio.createOscillator(), audio.createGain()];
      tone.frequency.value = pitch;
      gain.gain.setValueAtTime(0.2, audio.currentTime + index * 0.18);
      gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + index * 0.18 + 0.3);
      tone.connect(gain).connect(audio.destination);
      tone.start(audio.currentTime + index * 0.18);
      tone.stop(audio.currentTime + index * 0.18 + 0.32);
    });
  }

  function switchSound() {
    const sounds = !isQuiet() && audio?.state === "running";
    localStorage.setItem("quiet", sounds ? "1" : "0");
    tellSound();
    if (!sounds) audio?.resume().then(ring);
  }

  function countDown() {
    for (const element of document.querySelectorAll("[data-until]")) {
      const left = Math.max(0, Math.round((Date.parse(element.dataset.until) - Date.now()) / 1000));
      element.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      element.classList.toggle("late", left < 60);
      const owner = left === 0 && element.closest("[data-fragment]");
      if (owner && Date.now() - (owner.asked || 0) > 5000) {
        owner.asked = Date.now();
        seconds(1, () => refresh(owner));
      }
    }
  }

  // Where a rider is: their phone's word, or a ride along a straight line for trying things out.
  const rides = new Map();
  function report(element) {
    if (rides.has(element)) return;
    const send = (latitude, longitude) =>
      fetch(element.dataset.report, {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ latitude, longitude }),
      }).catch(() => {});
    let [latitude, longitude] = element.dataset.from.split(",").map(Number);
    rides.set(element, true);
    if (element.dataset.mode === "device") {
      const unlocated = element.querySelector("[data-unlocated]");
      const missing = () => (unlocated.hidden = false);
      if (!navigator.geolocation) return missing();
      let last = null;
      navigator.geolocation.watchPosition(
        ({ coords }) => {
          unlocated.hidden = true;
          send(...(last = [coords.latitude, coords.longitude]));
        },
        missing,
        { enableHighAccuracy: true, maximumAge: 3000 },
      );
      // A device that lies still has nothing new to tell, and its rider is still there.
      setInterval(() => last && send(...last), 15000);
      return;
    }
    const timer = setInterval(() => {
      if (!document.contains(element)) {
        rides.delete(element);
        return clearInterval(timer);
      }
      const goal = document.querySelector("[data-goal]")?.dataset.goal.split(",").map(Number);
      if (goal) {
        const [north, east] = [goal[0] - latitude, goal[1] - longitude];
        const share = Math.min(1, 0.0006 / Math.max(1e-9, Math.hypot(north, east)));
        latitude += north * share;
        longitude += east * share;
      }
      send(latitude, longitude);
    }, 2000);
    send(latitude, longitude);
  }

  function start(root) {
    for (const element of root.querySelectorAll("[data-fragment][data-lazy]")) load(element);
    for (const element of root.querySelectorAll("[data-live]")) follow(element);
    for (const element of root.querySelectorAll("[data-report]")) report(element);
    draw(brought);
    countDown();
  }

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button) setTimeout(() => button.setAttribute("aria-busy", "true"), 0);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const locate = event.target.closest("[data-locate]");
    if (locate && navigator.geolocation)
      navigator.geolocation.getCurrentPosition((seen) => {
        const form = locate.form;
        form.elements.latitude.value = seen.coords.latitude.toFixed(6);
        form.elements.longitude.value = seen.coords.longitude.toFixed(6);
        form.requestSubmit();
      }, () => locate.form.querySelector("[data-unlocated]")?.removeAttribute("hidden"));
    const into = event.target.closest("[data-into]");
    const piece = into?.closest("[data-fragment]");
    if (piece && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      load(piece, into.getAttribute("href"));
    }
    if (!document.querySelector("[data-sound-switch]")) return;
    if (event.target.closest("[data-sound-switch]")) switchSound();
    else openSound();
  });
  addEventListener("offline", telling);
  addEventListener("online", () => {
    telling();
    for (const element of [...streams.keys()]) {
      restart(element);
      refresh(element);
    }
    for (const element of document.querySelectorAll("[data-fragment][data-lazy]")) if (element.lacking !== false) load(element);
  });
  addEventListener("pageshow", (event) => {
    document.querySelectorAll("[aria-busy]").forEach((busy) => busy.removeAttribute("aria-busy"));
    if (event.persisted) for (const element of [...streams.keys()]) restart(element), refresh(element);
  });
  addEventListener("pagehide", () => streams.forEach((source) => source.close()));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.dataset.script = "1";
  if (document.querySelector("[data-sound-switch]")) openSound();
  setInterval(countDown, 1000);
  start(document);
})();
