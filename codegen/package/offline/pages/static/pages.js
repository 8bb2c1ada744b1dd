// Keeps lists of tasks current and adds buttons that copy. Everything else works without it, and without it there is
// a link to reload.
"use strict";

const MOVING = 1000; // milliseconds between two looks while a task moves
const RESTING = 4000;

document.documentElement.classList.add("js");

/** Bring a list up to date. What has not changed stays as it is: a film that plays goes on playing. */
function merge(live, fresh) {
  const list = live.querySelector(".tasks");
  const known = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const rows = [...fresh.querySelectorAll(".tasks > li")];
  const wanted = new Set(rows.map((row) => row.dataset.key));
  for (const [key, row] of known) if (!wanted.has(key)) row.remove();
  rows.forEach((row, index) => {
    const old = known.get(row.dataset.key);
    if (old) replaceParts(old, row);
    const node = old || document.importNode(row, true);
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] || null);
  });
  replacePart(live.querySelector("[data-part=summary]"), fresh.querySelector("[data-part=summary]"));
  for (const empty of document.querySelectorAll("[data-empty]")) empty.hidden = rows.length > 0;
}

function replaceParts(old, row) {
  old.toggleAttribute("data-moving", row.hasAttribute("data-moving"));
  for (const part of row.querySelectorAll("[data-part]")) {
    replacePart(old.querySelector(`[data-part=${part.dataset.part}]`), part);
  }
}

function replacePart(old, part) {
  if (old.innerHTML === part.innerHTML) return;
  old.replaceChildren(...[...part.childNodes].map((node) => document.importNode(node, true)));
}

async function look(live) {
  try {
    const response = await fetch(live.dataset.live, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(String(response.status));
    merge(live, new DOMParser().parseFromString(await response.text(), "text/html"));
  } catch {
    live.querySelector("[data-part=summary]").textContent = "The upstream does not answer; trying again";
  }
}

async function follow(live) {
  for (;;) {
    const pause = live.querySelector("[data-moving]") ? MOVING : RESTING;
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (!document.hidden) await look(live);
  }
}

function addCopy(box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  const label = box.querySelector("pre").getAttribute("aria-label");
  button.setAttribute("aria-label", `Copy: ${label}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(box.querySelector("code").textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  box.append(button);
}

for (const live of document.querySelectorAll("[data-live]")) follow(live);
if (navigator.clipboard) for (const box of document.querySelectorAll("[data-copy]")) addCopy(box);
