// Text as the client shows it: <a> in texts, the small markdown, the divs of a textcard.
import { link, make } from "./dom.js";

const LINK = /<a\s+href\s*=\s*["']?([^"'\s>]+)["']?[^>]*>([\s\S]*?)<\/a>|(https?:\/\/[^\s<>"'，。；！？、（）「」]+)/gi;

export function withLinks(userid, text) {
  const parts = [];
  let last = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(last, found.index));
    const url = found[1] || found[3];
    parts.push(link(userid, url, found[2] || found[3]));
    last = found.index + found[0].length;
  }
  parts.push(text.slice(last));
  return parts;
}

const INLINE = /\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)\s]+)\)|`([^`]+)`|<font color=["']?(info|comment|warning)["']?>([\s\S]*?)<\/font>/g;

function inline(userid, text) {
  const parts = [];
  let last = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(text.slice(last, found.index));
    if (found[1]) parts.push(make("b", {}, ...inline(userid, found[1])));
    else if (found[2]) parts.push(link(userid, found[3], found[2]));
    else if (found[4]) parts.push(make("code", {}, found[4]));
    else parts.push(make("span", { class: found[5] }, ...inline(userid, found[6])));
    last = found.index + found[0].length;
  }
  parts.push(text.slice(last));
  return parts;
}

export function markdown(userid, text) {
  const box = make("div", { class: "md" });
  for (const line of text.split("\n")) {
    const head = line.match(/^#{1,6}\s+(.*)$/);
    const quote = line.match(/^>\s?(.*)$/);
    if (head) box.append(make("h4", {}, ...inline(userid, head[1])));
    else if (quote) box.append(make("blockquote", {}, ...inline(userid, quote[1])));
    else box.append(make("div", {}, ...(line ? inline(userid, line) : ["\u00a0"])));
  }
  return box;
}

// Of a textcard's description only <br> and <div class="gray|normal|highlight"> are understood.
export function description(text) {
  const parts = [];
  const pattern = /<div\s+class=["']?(gray|normal|highlight)["']?>([\s\S]*?)<\/div>/g;
  let last = 0;
  const plain = (piece) => piece.replace(/<br\s*\/?>/g, "\n");
  for (const found of text.matchAll(pattern)) {
    parts.push(plain(text.slice(last, found.index)));
    parts.push(make("div", { class: found[1] }, plain(found[2])));
    last = found.index + found[0].length;
  }
  parts.push(plain(text.slice(last)));
  return parts;
}

export function size(bytes) {
  if (bytes >= 1048576) return `${(bytes / 1048576).toFixed(1)} MB`;
  if (bytes >= 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${bytes} B`;
}

const ZONE = "Asia/Shanghai";
const format = (options) => new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hourCycle: "h23", ...options });
const day = format({ year: "numeric", month: "numeric", day: "numeric" });
const clock = format({ hour: "2-digit", minute: "2-digit" });
const date = format({ month: "long", day: "numeric" });
const long = format({ year: "numeric", month: "long", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit" });

export const sameDay = (a, b) => day.format(a) === day.format(b);
export const shortTime = (moment, now) => (sameDay(moment, now) ? clock.format(moment) : `${date.format(moment)} ${clock.format(moment)}`);
export const longTime = (moment) => long.format(moment);
