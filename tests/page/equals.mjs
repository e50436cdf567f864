// equals.mjs GOGOSCOPE SAID SCENARIO en|zh: at every state of a run, going forwards and then back, what the page shows
// equals what `state --format json`, `walk` and `traceback` print: registers, words of stacks, fields, statuses, calls, sentence, events.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { withBrowser } from "./browser.mjs";

const [gogoscope, said, scenario, language] = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), "gogoscope-page-"));
const file = path.join(folder, "page.html");

/** Everything that the page shows, read from its elements and from nothing else. Runs in the browser. */
function look() {
  const text = (e) => e?.textContent ?? "";
  const rows = (table) => [...document.querySelectorAll(`${table} tbody tr`)];
  const value = (row) => [text(row.querySelector(".digits")), text(row.querySelector(".meaning > span:last-child"))];
  const regs = {};
  for (const row of rows("#registers")) regs[text(row.querySelector("th"))] = value(row);
  const stacks = {}, uses = {};
  for (const id of ["stack-g0", "stack-g"]) {
    const list = rows(`#${id}`);
    if (list.length === 0) continue;
    const owner = text(document.querySelector(`#${id} h2`)).replace(/^Stack of | 的栈$/g, "");
    const use = text(document.querySelector(`#${id} .badge`));
    uses[owner] = ["not in use", "未使用"].includes(use) ? "" : use;
    stacks[owner] = list.map((row) => ({
      addr: row.querySelector(".place").title, value: value(row), role: text(row.querySelector(".role")),
      tags: text(row.querySelector(".tag > :last-child")), hidden: row.hidden, free: row.classList.contains("free"),
    }));
  }
  const structs = {};
  for (const group of document.querySelectorAll("#structs details")) {
    if (group.hidden) continue;
    const fields = {};
    for (const row of group.querySelectorAll("tbody tr")) fields[text(row.querySelector("th"))] = value(row);
    structs[text(group.querySelector(".title"))] = { fields, quiet: group.querySelector(".quiet")?.title.split(" ") ?? [] };
  }
  const gs = {};
  for (const row of rows("#states")) if (!row.hidden) gs[text(row.querySelector("th"))] = text(row.querySelector(".word"));
  return {
    regs, stacks, uses, structs, gs,
    m: text(document.querySelector("#registers .detail")),
    sentence: text(document.querySelector("#story .sentence")),
    quiet: document.querySelector("#story .sentence").classList.contains("quiet"),
    events: [...document.querySelectorAll("#story .chip")].filter((e) => !e.hidden && !e.parentNode.hidden && !e.classList.contains("e-stop")).map(text),
    calls: [...document.querySelectorAll("#traceback section")].filter((e) => !e.hidden).flatMap((e) =>
      [text(e.querySelector("h3")), ...[...e.querySelectorAll("li")].filter((li) => !li.hidden)
        .map((li) => `${text(li.querySelector(".call"))} ${text(li.querySelector(".at"))}`)]),
    here: text(document.querySelector("#disassembly tr.here th")),
    moment: text(document.querySelector("#timeline .detail")).split(" ")[0],
  };
}

/** What look() sees, in parts: those that are as they were at the call before are left out. Runs in the browser. */
function lookForNews(look) {
  const all = look();
  const parts = { ...all, structs: undefined, stacks: undefined };
  for (const kind of ["structs", "stacks"]) {
    for (const [name, part] of Object.entries(all[kind])) parts[`${kind} ${name}`] = part;
  }
  const last = window.lastLook ?? {};
  const news = {}, now = {};
  for (const [name, part] of Object.entries(parts)) {
    if (part === undefined) continue;
    now[name] = JSON.stringify(part);
    if (now[name] !== last[name]) news[name] = part;
  }
  window.lastLook = now;
  return { news, gone: Object.keys(last).filter((name) => !(name in now)) };
}

/** The parts put together again. */
class Seen {
  constructor() {
    this.parts = new Map();
  }
  take({ news, gone }) {
    for (const [name, part] of Object.entries(news)) this.parts.set(name, part);
    for (const name of gone) this.parts.delete(name);
    const all = { structs: {}, stacks: {} };
    for (const [name, part] of this.parts) {
      const [kind, rest] = [name.slice(0, name.indexOf(" ")), name.slice(name.indexOf(" ") + 1)];
      if (kind === "structs" || kind === "stacks") all[kind][rest] = part;
      else all[name] = part;
    }
    return all;
  }
}

let checks = 0;
const wrong = [];
function same(state, what, got, wanted) {
  ++checks;
  if (got === wanted) return;
  if (JSON.stringify(got) !== JSON.stringify(wanted) && wrong.length < 20) {
    wrong.push(`state ${state}: ${what}: the page shows ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
  }
}

const scalar = (v) => (v === null ? "0x0" : String(v));

function compare(page, wanted, english) {
  const { state } = wanted;
  const k = state.state;
  same(k, "moment", page.moment, String(k));
  same(k, "m", page.m, `m${state.current_m}`);
  for (const [reg, hex] of Object.entries(state.regs)) same(k, reg, page.regs[reg]?.[0], hex);

  const short = (name) => (state.m.length === 1 ? name.replace(/^m0\./, "") : name);
  for (const [owner, words] of Object.entries(page.stacks)) {
    const of = state.stacks.find((s) => short(s.owner) === owner);
    if (!of) {
      same(k, `stack of ${owner}`, "shown", "absent");
      continue;
    }
    // A g whose sched names a place, but which nothing will run from there, has a stack that is not in use.
    const inUse = page.uses[owner] !== "";
    const byAddress = new Map(words.map((w) => [w.addr, w]));
    const sp = of.sp === null ? undefined : BigInt(of.sp);
    for (const word of of.words) {
      const shown = byAddress.get(word.addr);
      // Like the window, the page lists eight words below SP.
      if (!shown && (!inUse || sp === undefined || BigInt(word.addr) < sp - 64n)) continue;
      same(k, `${owner} ${word.addr}`, shown?.value[0], word.value);
      if (!shown) continue;
      if (!shown.role && !english) continue;
      if (english) {
        same(k, `${owner} ${word.addr} meaning`, shown.value[1], word.meaning);
        const plain = /^\S+\.stack hi-\d+$/.test(word.name);
        // Of the forged return address the page says that it is forged, which no name says.
        if (shown.role.startsWith("forged by")) same(k, `${owner} ${word.addr} forged`, word.meaning, "runtime.goexit+0x1");
        else same(k, `${owner} ${word.addr} name`, shown.role, plain ? "" : word.name);
      }
      if (sp !== undefined && inUse) same(k, `${owner} ${word.addr} free`, shown.free, BigInt(word.addr) < sp);
      if (sp !== undefined && inUse && BigInt(word.addr) >= sp) same(k, `${owner} ${word.addr} in sight`, shown.hidden, false);
    }
    const atSp = words.filter((w) => /(^| )SP( |$)/.test(w.tags));
    const running = state.threads.some((t) => of.sp !== null && t.regs.rsp === of.sp && of.sp !== of.hi);
    if (running) same(k, `${owner} SP`, atSp.map((w) => w.addr), [of.sp]);
  }

  const entities = [...state.g, ...state.m, ...state.p, ...(state.sched ? [state.sched] : [])];
  for (const entity of entities) {
    const shown = page.structs[short(entity.name)];
    if (!shown) {
      same(k, entity.name, "missing", "shown");
      continue;
    }
    for (const [name, all] of Object.entries(entity.fields)) {
      const parts = Array.isArray(all) ? all.map((v, i) => [`${name}[${i}]`, v]) : [[name, all]];
      for (const [path, v] of parts) {
        const field = shown.fields[path];
        const zero = v === 0 || v === false || v === null || /^0x0*$/.test(v) || (typeof v === "string" && /^[0 ]*$/.test(v));
        if (field === undefined) {
          if (Array.isArray(v) || (typeof v === "string" && !v.startsWith("0x"))) continue;  // bytes without a form
          same(k, `${entity.name}.${path} is left out`, zero, true);
        } else {
          same(k, `${entity.name}.${path}`, field[0], scalar(v));
        }
      }
    }
    if (entity.name in page.gs) same(k, `${entity.name} status`, page.gs[entity.name], entity.status);
  }
  same(k, "events", page.events, wanted.events);
  // The page leaves out remarks, and how far PC is inside a function.
  const lines = wanted.traceback.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const calls = [];
  for (const line of lines) {
    if (line.startsWith("\t")) calls.push(`${calls.pop()} ${line.trim().replace(/ \+0x[0-9a-f]+$/, "")}`);
    else calls.push(line);
  }
  same(k, "calls", page.calls, calls);
  // walk wraps the sentence; what it prints of a step in words is on lines of six spaces.
  const told = wanted.walk.split("\n").filter((line) => /^ {6}\S/.test(line)).map((line) => line.trim());
  if (told.length > 0) {
    const bare = (s) => s.replace(/\s+/g, "");
    same(k, "sentence", bare(page.sentence), bare(told.join(" ")));
  }
}

try {
  execFileSync(gogoscope, ["page", scenario, "-o", file, "--lang", language]);
  const lines = execFileSync(said, [scenario, language], { maxBuffer: 2 ** 31 }).toString().trim().split("\n").map((l) => JSON.parse(l));
  await withBrowser(async (browser) => {
    const page = await browser.newPage();
    await page.setViewport({ width: 1440, height: 900 });
    const requests = [];
    page.on("request", (r) => requests.push(r.url()));
    page.on("pageerror", (e) => wrong.push(String(e)));
    page.on("console", (m) => wrong.push(`console: ${m.text()}`));
    await page.goto(`file://${file}`);
    let slowest = 0;
    const seen = new Seen();
    // Presses a key, opens all structs, and reads the page.
    const press = async (key) => {
      const [took, shown] = await page.evaluate(`(() => {
        const begin = performance.now();
        if (${JSON.stringify(key)}) document.body.dispatchEvent(new KeyboardEvent("keydown",
          { key: ${JSON.stringify(key)}, bubbles: true, cancelable: true }));
        const took = performance.now() - begin;
        for (const d of document.querySelectorAll("#structs details")) if (!d.open) { d.open = true; d.dispatchEvent(new Event("toggle")); }
        return [took, (${lookForNews.toString()})(${look.toString()})];
      })()`);
      slowest = Math.max(slowest, took);
      return seen.take(shown);
    };
    for (let k = 0; k < lines.length; ++k) compare(await press(k > 0 ? "ArrowRight" : ""), lines[k], language === "en");
    for (let k = lines.length - 2; k >= 0; --k) compare(await press("ArrowLeft"), lines[k], language === "en");
    if (requests.some((url) => !url.startsWith("file://") && !url.startsWith("data:")) || requests.filter((u) => u.startsWith("file:")).length !== 1)
      wrong.push(`requests left the page: ${requests.join(" ")}`);
    console.log(`${path.basename(scenario)} ${language}: ${lines.length} states each way, ${checks} comparisons, slowest step ${slowest.toFixed(1)} ms (all structs open)`);
  });
} finally {
  rmSync(folder, { recursive: true });
}
for (const line of wrong) console.error(line);
process.exit(wrong.length > 0 ? 1 : 0);
