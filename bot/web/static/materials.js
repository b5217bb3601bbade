// Uploads with a progress bar, in several requests where one would be too large; folders may be
// dropped. Without this file the form sends everything at once and the page comes back.
"use strict";

(() => {
  const MOST_FILES = 20;
  let dropped = [];

  const form = () => document.getElementById("upload");

  function chosen() {
    const picked = [...form().querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
    return [...picked.map((file) => ({ file, path: file.webkitRelativePath || file.name })), ...dropped];
  }

  function showChosen() {
    const all = chosen();
    const size = all.reduce((sum, each) => sum + each.file.size, 0) / 1048576;
    const line = document.createElement("li");
    line.textContent = `选了${all.length}个文件，共${size.toFixed(1)}MB`;
    form().querySelector(".chosen").replaceChildren(...(all.length ? [line] : []));
  }

  // Files in requests that stay below the limit with room for names and fields.
  function batches(all, most) {
    const made = [];
    let size = 0;
    for (const each of all) {
      if (!made.length || made.at(-1).length >= MOST_FILES || size + each.file.size > most * 0.8) {
        made.push([]);
        size = 0;
      }
      made.at(-1).push(each);
      size += each.file.size;
    }
    return made;
  }

  function send(batch, onProgress) {
    return new Promise((resolve, reject) => {
      const data = new FormData();
      data.append("csrf_token", form().elements.csrf_token.value);
      batch.forEach((each) => data.append("files", each.file, each.path));
      const request = new XMLHttpRequest();
      request.open("POST", form().action);
      request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
      request.addEventListener("load", () => resolve(new DOMParser().parseFromString(request.responseText, "text/html")));
      request.addEventListener("error", () => reject(new Error("network")));
      request.send(data);
    });
  }

  function tell(words) {
    const line = document.createElement("p");
    line.className = "notice notice_refused";
    line.textContent = words;
    document.getElementById("notice").replaceChildren(line);
    document.getElementById("notice").scrollIntoView({ block: "nearest" });
  }

  // The page as it is now, with the lines of all requests so far.
  function show(page, lines) {
    const fresh = page.getElementById("materials");
    if (!fresh) {
      tell(page.querySelector(".notice, #content")?.textContent.trim() || "没有传成，请再试一次。");
      return false;
    }
    const list = fresh.querySelector(".arrived");
    lines.push(...(list ? [...list.children] : []));
    if (list) list.replaceChildren(...lines.map((line) => line.cloneNode(true)));
    document.getElementById("materials").replaceWith(fresh);
    setUp();
    return true;
  }

  // One file beyond the limit would have its whole request refused, and all after it not sent.
  function tooLarge(each, most) {
    const line = document.createElement("li");
    const name = document.createElement("span");
    line.className = "arrived__line";
    name.className = "arrived__name";
    name.textContent = each.file.name;
    line.append(name, ` 没有传：超过${Math.floor(most / 1048576)}MB，请压缩或拆小以后再传。`);
    return line;
  }

  async function upload(event) {
    const most = Number(form().dataset.most);
    const picked = chosen();
    const all = picked.filter((each) => each.file.size <= most * 0.98);
    event.preventDefault();
    event.stopPropagation();
    if (!picked.length) return tell("还没有选文件。请先选文件、文件夹或压缩包。");
    const total = all.reduce((sum, each) => sum + each.file.size, 0) || 1;
    const lines = picked.filter((each) => !all.includes(each)).map((each) => tooLarge(each, most));
    if (!all.length) dropped = [];
    if (!all.length) return tell(lines.map((line) => line.textContent).join("\n"));
    let before = 0;
    let count = 0;
    for (const batch of batches(all, most)) {
      const bar = form().querySelector(".sending");
      bar.hidden = false;
      form().querySelector("button[type=submit]").disabled = true;
      const progress = (loaded) => {
        bar.querySelector("progress").value = Math.min(100, (100 * (before + loaded)) / total);
        bar.querySelector("p").textContent = `正在传第${Math.min(count + 1, all.length)}个起的${batch.length}个，共${all.length}个`;
      };
      progress(0);
      try {
        if (!show(await send(batch, progress), lines)) break;
      } catch {
        tell("网络断了，没有传完。已经收到的都在清单里，请把剩下的再传一次。");
        break;
      }
      before += batch.reduce((sum, each) => sum + each.file.size, 0);
      count += batch.length;
    }
    dropped = [];
    const button = form()?.querySelector("button[type=submit]");
    if (button) button.disabled = false;
    const bar = form()?.querySelector(".sending");
    if (bar) bar.hidden = true;
    document.getElementById("brought")?.scrollIntoView({ block: "start" });
  }

  // All files below a dropped entry, with their paths.
  async function below(entry, path = "") {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      return [{ file, path: path + file.name }];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!some.length) return found;
      for (const each of some) found.push(...(await below(each, `${path}${entry.name}/`)));
    }
  }

  async function drop(event) {
    event.preventDefault();
    form().classList.remove("drop_over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map((file) => ({ file, path: file.name }));
    const found = entries.length ? (await Promise.all(entries.map((each) => below(each)))).flat() : plain;
    dropped.push(...found);
    showChosen();
  }

  function setUp() {
    const it = form();
    if (!it) return;
    it.querySelector(".drop__hint").hidden = false;
    it.addEventListener("submit", upload);
    it.addEventListener("change", showChosen);
    it.addEventListener("dragover", (event) => { event.preventDefault(); it.classList.add("drop_over"); });
    it.addEventListener("dragleave", () => it.classList.remove("drop_over"));
    it.addEventListener("drop", drop);
  }

  setUp();
})();
