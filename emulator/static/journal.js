// The drawer with everything that was dropped, cut or ignored without the bot being told.
import { make } from "./dom.js";
import { longTime } from "./texts.js";

const drawer = document.getElementById("journal");
const button = document.getElementById("journal-button");
const count = document.getElementById("journal-count");
let shown = -1;

export function showCount(number) {
  count.textContent = number;
  count.classList.toggle("some", number > 0);
  if (!drawer.hidden && number !== shown) load();
}

async function load() {
  const entries = await (await fetch("/emulator/journal")).json();
  shown = entries.length;
  const list = document.getElementById("journal-list");
  list.replaceChildren(...entries.reverse().map(row));
  if (!shown) list.append(make("li", { class: "empty" }, "目前没有记录"));
}

function row(entry) {
  const who = entry.userid ? ` · ${entry.userid}` : "";
  return make("li", {}, make("b", { class: entry.kind }, entry.label), entry.text, make("small", {}, longTime(new Date(entry.time)) + who));
}

function toggle(open) {
  drawer.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  if (open) load();
}

button.addEventListener("click", () => toggle(drawer.hidden));
document.getElementById("journal-close").addEventListener("click", () => toggle(false));
