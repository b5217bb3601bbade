// Fetches what is new a few times a second and hands it to the columns and the header.
import { Column } from "./column.js";
import { call, make, toast } from "./dom.js";
import { showCount } from "./journal.js";
import { longTime } from "./texts.js";

const EVERY = 400;
const columns = new Map();
const tabs = new Map();
let since = 0;
let shownTime = null;
let fetchedAt = 0;
let speed = 1;
let playing = false;

async function fetchFeed() {
  try {
    const feed = await (await fetch(`/emulator/feed?since=${since}`)).json();
    document.body.classList.remove("offline");
    if (feed.rev < since) location.reload();
    take(feed);
  } catch {
    document.body.classList.add("offline");
    document.getElementById("now").textContent = "模拟器已断开";
    shownTime = null;
  }
  setTimeout(fetchFeed, EVERY);
}

function take(feed) {
  shownTime = new Date(feed.now);
  fetchedAt = performance.now();
  speed = feed.speed;
  since = feed.rev;
  showSpeed(feed);
  showPlayer(feed.player);
  showCount(feed.journal_count);
  feed.members.filter(person => !person.aside).forEach((person, seed) => {
    if (!columns.has(person.userid)) addPerson({ ...person, seed }, feed.agent_name);
    const column = columns.get(person.userid);
    column.setAway(!person.in_range);
    column.setMenu(feed.menu);
    const fresh = column.take(feed.messages.filter((bubble) => bubble.userid === person.userid), shownTime);
    if (fresh) markUnread(person.userid, fresh);
  });
}

function addPerson(person, agentName) {
  const column = new Column(person, agentName);
  columns.set(person.userid, column);
  document.getElementById("columns").append(column.node);
  const badge = make("i", { hidden: true }, "0");
  const tab = make("button", { type: "button", onclick: () => choose(person.userid) }, person.name, make("small", {}, person.role), badge);
  tabs.set(person.userid, { tab, badge, unread: 0 });
  document.getElementById("tabs").append(tab);
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (columns.size === 1 || person.userid === wanted) choose(person.userid);
}

function choose(userid) {
  for (const [other, column] of columns) {
    column.node.classList.toggle("on", other === userid);
    tabs.get(other)?.tab.classList.toggle("on", other === userid);
  }
  const entry = tabs.get(userid);
  if (entry) { entry.unread = 0; entry.badge.hidden = true; entry.tab.classList.add("on"); }
  requestAnimationFrame(() => columns.get(userid).toEnd());
}

function markUnread(userid, fresh) {
  const entry = tabs.get(userid);
  if (entry.tab.classList.contains("on")) return;
  entry.unread += fresh;
  entry.badge.textContent = entry.unread > 99 ? "99+" : entry.unread;
  entry.badge.hidden = false;
}

function showSpeed(feed) {
  const box = document.getElementById("speeds");
  box.hidden = !feed.steerable;
  box.querySelectorAll("button").forEach((button) => button.classList.toggle("on", Number(button.dataset.speed) === feed.speed));
}

const ENDS = { stop_when: "演示已完成", no_rule: "有消息脚本不会回答，演示停下了", silent: "机器人没有新消息，演示停下了", stopped: "演示已停止", steps: "演示步数已到上限", error: "演示出错，已停下" };

function showPlayer(player) {
  const button = document.getElementById("play");
  button.hidden = !player.available && !player.running;
  if (playing && !player.running) toast(ENDS[player.stopped_by] || "演示已结束");
  playing = player.running;
  button.classList.toggle("running", playing);
  button.textContent = playing ? `■ 停止（${player.steps}）` : "▶ 自动演示";
  button.title = ENDS[player.stopped_by] || player.title;
}

function tick() {
  if (!shownTime) return;
  const now = new Date(shownTime.getTime() + (performance.now() - fetchedAt) * speed);
  document.getElementById("now").textContent = longTime(now);
}

document.getElementById("speeds").addEventListener("click", (event) => {
  if (event.target.dataset.speed) call("POST", "/emulator/clock", { speed: Number(event.target.dataset.speed) });
});
document.getElementById("play").addEventListener("click", () => call(playing ? "DELETE" : "POST", "/emulator/play"));
document.addEventListener("click", (event) => {
  if (!event.target.closest(".menu")) document.querySelectorAll(".menu .sub").forEach((sub) => { sub.hidden = true; });
});
setInterval(tick, 250);
fetchFeed();
