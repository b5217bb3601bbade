// One bubble of a chat, by its kind.
import { templateCard } from "./cards.js";
import { face, link, make } from "./dom.js";
import { description, markdown, size, withLinks } from "./texts.js";

const HINTS = { file_not_delivered: "模拟器提示：和真实的企业微信一样，聊天里发的文件不会转给应用，应用完全不知情。请用应用给出的上传页面。" };

export function bubbleRow(bubble, person, agentName) {
  if (bubble.recalled) return make("div", { class: "note", "data-id": bubble.id }, "应用撤回了一条消息");
  const avatar = bubble.sender === "member" ? face(person.name, person.seed) : face(agentName, 0, false);
  const hint = HINTS[bubble.hint] ? make("div", { class: "hint" }, HINTS[bubble.hint]) : null;
  return make("div", { class: `row ${bubble.sender}`, "data-id": bubble.id }, avatar, make("div", { class: "body" }, content(bubble), hint));
}

function content(bubble) {
  const given = bubble.content;
  const show = {
    text: () => plain(withLinks(bubble.userid, given.content)),
    markdown: () => make("div", { class: "bubble" }, markdown(bubble.userid, given.content)),
    textcard: () => textcard(bubble),
    template_card: () => flat(templateCard(bubble)),
    image: () => flat(make("a", { href: `/emulator/files/${given.media_id}`, target: "_blank" }, make("img", { class: "photo", src: `/emulator/files/${given.media_id}`, alt: given.name }))),
    file: () => flat(file(given)),
    voice: () => plain(["🔊 语音"]),
    video: () => flat(file(given)),
    location: () => plain([`📍 ${given.content}`]),
    link: () => plain([link(bubble.userid, given.url, given.title), `\n${given.description || ""}`]),
    news: () => flat(make("div", {}, given.articles.map((article) => textcard({ userid: bubble.userid, content: article })))),
  }[bubble.kind];
  return show ? show() : plain(["（模拟器不能显示这种消息）"]);
}

const plain = (parts) => make("div", { class: "bubble" }, parts);
const flat = (node) => make("div", { class: "bubble flat" }, node);

function textcard(bubble) {
  const given = bubble.content;
  const card = link(bubble.userid, given.url, "", { class: "card textcard" });
  card.append(make("h3", {}, given.title), make("div", { class: "text" }, description(given.description || "")), make("div", { class: "whole" }, given.btntxt || "详情"));
  return card;
}

function file(given) {
  const kind = (given.name.match(/\.([A-Za-z0-9]{1,5})$/) || [null, "?"])[1].toLowerCase();
  return make("a", { class: "file", href: `/emulator/files/${given.media_id}`, download: given.name },
    make("span", {}, make("b", {}, given.name), make("small", {}, size(given.size))),
    make("i", { class: `kind ${kind}`, style: "font-style:normal" }, kind));
}
