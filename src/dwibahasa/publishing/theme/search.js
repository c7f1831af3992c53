// Full-text search in both languages. The index and the articles are scripts, for a page on a disk may load nothing
// else; each calls `dwibahasa` with what it holds.
"use strict";
{
  const MOST = 50, LETTERS = 2;
  const input = document.getElementById("query"), count = document.getElementById("count");
  const found = document.getElementById("found");
  const held = {part: {}, article: {}}, loading = {};
  let articles = [], known = new Set(), run = 0;

  window.dwibahasa = (kind, key, value) => {
    if (kind === "articles") { articles = key; known = new Set(value); start(); } else held[kind][key] = value;
  };

  const fold = text => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const words = text => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  const partOf = word => [...word].slice(0, LETTERS).map(c => c.codePointAt(0).toString(16)).join("-");

  function load(src) {
    return loading[src] ??= new Promise(done => {
      const script = document.createElement("script");
      script.src = src;
      script.onload = script.onerror = done;
      document.head.append(script);
    });
  }

  // Places of the pairs with a word that begins with WORD, as article * 1e6 + pair.
  async function placesOf(word) {
    const name = partOf(word);
    const places = new Set();
    if (known.has(name)) await load(`search/${name}.js`);
    for (const [one, flat] of Object.entries(held.part[name] || {})) {
      if (one.startsWith(word)) for (let i = 0; i < flat.length; i += 2) places.add(flat[i] * 1e6 + flat[i + 1]);
    }
    return places;
  }

  function marked(text, wanted) {
    const pieces = document.createDocumentFragment();
    for (const piece of text.split(/([\p{L}\p{N}\p{M}]+)/u)) {
      const hit = piece && wanted.some(word => fold(piece).startsWith(word));
      if (hit) pieces.append(Object.assign(document.createElement("mark"), {textContent: piece}));
      else pieces.append(piece);
    }
    return pieces;
  }

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function section(slug, numbers, wanted) {
    const article = held.article[slug];
    const link = element("a", {href: `articles/${slug}.html`}, article.title);
    const head = element("h2", {}, link, ...(article.date ? [" ", element("time", {dateTime: article.date}, article.date)] : []));
    const pairs = element("div", {className: "pairs"});
    for (const number of numbers) {
      const [id, source, target] = article.pairs[number];
      const at = element("a", {className: "at", href: `articles/${slug}.html#${id}`, ariaLabel: "In its article"}, id);
      pairs.append(
        element("p", {lang: "id", dir: "auto"}, marked(source, wanted)),
        element("p", {lang: "en", dir: "auto"}, marked(target, wanted), " ", at),
      );
    }
    return element("section", {}, head, pairs);
  }

  async function search() {
    const mine = ++run, wanted = [...new Set(words(input.value))];
    history.replaceState(null, "", wanted.length ? "#" + encodeURIComponent(input.value.trim()) : location.pathname);
    if (!wanted.length) { count.textContent = ""; found.replaceChildren(); return; }
    const sets = (await Promise.all(wanted.map(placesOf))).sort((a, b) => a.size - b.size);
    const places = [...sets[0]].filter(place => sets.every(set => set.has(place))).sort((a, b) => a - b);
    const shown = places.slice(0, MOST), groups = new Map();
    for (const place of shown) {
      const slug = articles[Math.floor(place / 1e6)][0];
      groups.set(slug, [...(groups.get(slug) || []), place % 1e6]);
    }
    await Promise.all([...groups.keys()].map(slug => load(`data/${slug}.js`)));
    if (mine !== run) return;
    const more = places.length > MOST ? `, the first ${MOST} shown` : "";
    count.textContent = `${places.length} sentence pair${places.length === 1 ? "" : "s"}${more}`;
    found.replaceChildren(...[...groups].filter(([slug]) => held.article[slug]).map(([slug, n]) => section(slug, n, wanted)));
  }

  function start() {
    input.disabled = false;
    try { input.value = decodeURIComponent(location.hash.slice(1)); } catch { /* no query of ours */ }
    let wait;
    input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(search, 120); });
    input.focus();
    search();
  }
}
