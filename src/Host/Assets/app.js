// What makes pages live. Pages work without it; with it they are told of changes instead of being reloaded.
"use strict";
(() => {
  const streams = new Map();

  // A fragment is a piece of another page, perhaps another module's. It may be absent; the page is then without it.
  async function load(element) {
    const url = element.dataset.fragment;
    if (!url) return;
    const round = (element.round = (element.round || 0) + 1);
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html", "X-Fragment": "1" } });
      if (element.round !== round) return;
      if (answer.status !== 200) return absent(element);
      swap(element, await answer.text());
    } catch {
      if (element.round === round) absent(element);
    }
  }

  function absent(element) {
    const note = element.querySelector(":scope > template[data-absent]");
    if (note) element.replaceChildren(note, note.content.cloneNode(true));
  }

  function swap(element, html) {
    if (element.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) {
      // Nobody's half-filled form is taken away; it is fresh when they are done.
      document.activeElement.addEventListener("blur", () => setTimeout(() => load(element), 300), { once: true });
      return;
    }
    const note = element.querySelector(":scope > template[data-absent]");
    const open = [...element.querySelectorAll("details[open][id]")].map((details) => details.id);
    element.innerHTML = html;
    if (note) element.append(note);
    for (const id of open) element.querySelector("#" + CSS.escape(id))?.setAttribute("open", "");
    start(element);
    tidy();
  }

  // A live element follows an event stream. Each event shows its fragment, and those it names, anew.
  function follow(element) {
    const url = element.dataset.live;
    if (streams.has(element)) return;
    const source = new EventSource(url);
    streams.set(element, source);
    let first = true;
    const others = () => (element.dataset.also || "").split(" ").map((id) => id && document.getElementById(id)).filter(Boolean);
    const refresh = () => {
      if (element.dataset.fragment) load(element);
      others().forEach(load);
    };
    // What other modules show of it follows when they have heard of it: at once as a rule, later if they were away.
    const lookAgain = () =>
      [1, 3, 10, 30].forEach((seconds) =>
        setTimeout(() => others().filter((other) => !other.querySelector("form, article")).forEach(load), seconds * 1000),
      );
    source.addEventListener("status", (event) => {
      const news = JSON.parse(event.data);
      if (element.dataset.sound === news.status && !first) ring();
      if (!first || element.dataset.status !== news.status) refresh();
      if ((element.dataset.ends || "").split(" ").includes(news.status)) {
        source.close();
        lookAgain();
      }
      queueMicrotask(() => (first = false));
    });
    source.addEventListener("location", (event) => move(element, JSON.parse(event.data)));
    source.addEventListener("figures", () => refresh());
    source.onopen = () => setTimeout(() => (first = false), 1000);
  }

  function tidy() {
    for (const [element, source] of streams) {
      if (document.contains(element)) continue;
      source.close();
      streams.delete(element);
    }
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

  function ring() {
    if (document.documentElement.dataset.quiet) return;
    try {
      const audio = new AudioContext();
      [880, 1175, 1568].forEach((pitch, index) => {
        const [tone, gain] = [audio.createOscillator(), audio.createGain()];
        tone.frequency.value = pitch;
        gain.gain.setValueAtTime(0.2, audio.currentTime + index * 0.18);
        gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + index * 0.18 + 0.3);
        tone.connect(gain).connect(audio.destination);
        tone.start(audio.currentTime + index * 0.18);
        tone.stop(audio.currentTime + index * 0.18 + 0.32);
      });
    } catch {
      // A browser may forbid sound until the page was touched.
    }
  }

  function countDown() {
    for (const element of document.querySelectorAll("[data-until]")) {
      const left = Math.max(0, Math.round((Date.parse(element.dataset.until) - Date.now()) / 1000));
      element.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      element.classList.toggle("late", left < 60);
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
    if (element.dataset.mode === "device" && navigator.geolocation) {
      const watch = navigator.geolocation.watchPosition(
        (seen) => (document.contains(element) ? send(seen.coords.latitude, seen.coords.longitude) : navigator.geolocation.clearWatch(watch)),
        () => {},
        { enableHighAccuracy: true, maximumAge: 3000 },
      );
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
    for (const element of root.querySelectorAll("[data-retry]"))
      setTimeout(() => {
        const owner = element.closest("[data-fragment]");
        if (owner && document.contains(element)) load(owner);
      }, Number(element.dataset.retry) * 1000);
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
      });
    const sound = event.target.closest("[data-sound-switch]");
    if (sound) {
      const quiet = document.documentElement.dataset.quiet ? "" : "1";
      document.documentElement.dataset.quiet = quiet;
      if (!quiet) delete document.documentElement.dataset.quiet;
      sound.setAttribute("aria-pressed", String(!quiet));
      if (!quiet) ring();
    }
  });
  const offline = document.getElementById("offline");
  addEventListener("offline", () => (offline.hidden = false));
  addEventListener("online", () => (offline.hidden = true));
  addEventListener("pageshow", () => document.querySelectorAll("[aria-busy]").forEach((busy) => busy.removeAttribute("aria-busy")));
  addEventListener("pagehide", () => streams.forEach((source) => source.close()));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.dataset.script = "1";
  setInterval(countDown, 1000);
  start(document);
})();
