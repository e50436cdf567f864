// equals.mjs GOGOSCOPE SAID SCENARIO en|zh [EVERY]: what the page shows equals what `state --format json`, `walk` and
// `traceback` print: registers, words of stacks, fields, statuses, calls, sentence, events. Step by step forwards through the
// whole run; compared at each state, or at every EVERY-th one and those that have events. Then back, where the page
// must show what it showed before.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { withBrowser } from "./browser.mjs";
import { Reader } from "./reader.mjs";

const [gogoscope, said, scenario, language, every = "1"] = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), "gogoscope-page-"));
const file = path.join(folder, "page.html");

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

function compareStack(k, owner, shownStack, of, isRunning) {
  // A g whose sched names a place, but which nothing will run from there, has a stack that is not in use.
  const inUse = shownStack.use !== "";
  const byAddress = new Map(shownStack.words.map((w) => [w.addr, w]));
  const sp = of.sp === null ? undefined : BigInt(of.sp);
  for (const word of of.words) {
    const shown = byAddress.get(word.addr);
    // Like the window, the page lists eight words below SP.
    if (!shown && (!inUse || sp === undefined || BigInt(word.addr) < sp - 64n)) continue;
    same(k, `${owner} ${word.addr}`, shown?.value[0], word.value);
    if (!shown) continue;
    if (sp !== undefined && inUse) same(k, `${owner} ${word.addr} free`, shown.free, BigInt(word.addr) < sp);
    if (language !== "en") continue;  // names and meanings are printed in English
    same(k, `${owner} ${word.addr} meaning`, shown.value[1], word.meaning);
    const plain = /^\S+\.stack hi-\d+$/.test(word.name);
    // Of the forged return address the page says that it is forged, which no name says.
    if (shown.role.startsWith("forged by")) same(k, `${owner} ${word.addr} forged`, word.meaning, "runtime.goexit+0x1");
    else same(k, `${owner} ${word.addr} name`, shown.role, plain ? "" : word.name);
  }
  const atSp = shownStack.words.filter((w) => /(^| )SP( |$)/.test(w.tags));
  if (isRunning) same(k, `${owner} SP`, atSp.map((w) => w.addr), [of.sp]);
}

function compareStruct(k, entity, shown) {
  for (const [name, all] of Object.entries(entity.fields)) {
    const parts = Array.isArray(all) ? all.map((v, i) => [`${name}[${i}]`, v]) : [[name, all]];
    for (const [field, v] of parts) {
      if (shown[field] !== undefined) {
        same(k, `${entity.name}.${field}`, shown[field][0], scalar(v));
        continue;
      }
      if (Array.isArray(v) || (typeof v === "string" && !v.startsWith("0x"))) continue;  // bytes without a form
      const zero = v === 0 || v === false || v === null || /^0x0*$/.test(v);
      same(k, `${entity.name}.${field} is left out`, zero, true);
    }
  }
}

/** `page`: parts by name. */
function compare(page, wanted) {
  const { state } = wanted;
  const k = state.state;
  const rest = page.get("rest");
  same(k, "m", rest.m, `m${state.current_m}`);
  for (const [reg, hex] of Object.entries(state.regs)) same(k, reg, rest.regs[reg]?.[0], hex);

  const short = (name) => (state.m.length === 1 ? name.replace(/^m0\./, "") : name);
  for (const [name, part] of page) {
    if (!name.startsWith("stacks ")) continue;
    const owner = name.slice("stacks ".length);
    const of = state.stacks.find((s) => short(s.owner) === owner);
    same(k, `stack of ${owner}`, "shown", of ? "shown" : "absent");
    const isRunning = of && state.threads.some((t) => of.sp !== null && t.regs.rsp === of.sp && of.sp !== of.hi);
    if (of) compareStack(k, owner, part, of, isRunning);
  }
  for (const entity of [...state.g, ...state.m, ...state.p, ...(state.sched ? [state.sched] : [])]) {
    const shown = page.get(`structs ${short(entity.name)}`);
    if (shown) compareStruct(k, entity, shown);
    else same(k, entity.name, "missing", "shown");
    if (entity.name in rest.gs) same(k, `${entity.name} status`, rest.gs[entity.name], entity.status);
  }

  same(k, "events", rest.events, wanted.events);
  // The page leaves out remarks, and how far PC is inside a function.
  const calls = [];
  for (const line of wanted.traceback.split("\n").filter((one) => one !== "" && !one.startsWith("#"))) {
    if (line.startsWith("\t")) calls.push(`${calls.pop()} ${line.trim().replace(/ \+0x[0-9a-f]+$/, "")}`);
    else calls.push(line);
  }
  same(k, "calls", rest.calls, calls);
  // walk wraps the sentence; what it prints of a step in words is on lines of six spaces.
  const told = wanted.walk.split("\n").filter((line) => /^ {6}\S/.test(line)).map((line) => line.trim());
  const bare = (s) => s.replace(/\s+/g, "");
  if (told.length > 0) same(k, "sentence", bare(rest.sentence), bare(told.join(" ")));
}

/** What `said` prints, so many states at a time. */
async function* batches(size) {
  const program = spawn(said, [scenario, language, every], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((done) => program.on("close", done));
  let some = [];
  for await (const line of readline.createInterface({ input: program.stdout })) {
    some.push(JSON.parse(line));
    if (some.length < size) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
  const code = await ended;
  if (code !== 0) throw new Error(`said ends with ${code}`);
}

try {
  execFileSync(gogoscope, ["page", scenario, "-o", file, "--lang", language]);
  await withBrowser(async (browser) => {
    const page = await browser.newPage();
    await page.setViewport({ width: 1440, height: 900 });
    const requests = [];
    page.on("request", (r) => requests.push(r.url()));
    page.on("pageerror", (e) => wrong.push(String(e)));
    page.on("console", (m) => wrong.push(`console: ${m.text()}`));
    await page.goto(`file://${file}`);
    await page.evaluate(`window.reader = new (${Reader.toString()})(); undefined`);
    const ask = (way, states) => page.evaluate((w, s) => window.reader[w](s), way, states);
    const shown = new Map();
    const states = [];
    for await (const some of batches(50)) {
      const read = await ask("forwards", some.map((one) => one.state.state));
      some.forEach((wanted, i) => {
        for (const name of read[i].gone) shown.delete(name);
        for (const [name, text] of Object.entries(read[i].news)) shown.set(name, JSON.parse(text));
        compare(shown, wanted);
        states.push(wanted.state.state);
      });
    }
    const end = states.at(-1);
    for (let at = states.length; at > 0; at -= 200) {
      wrong.push(...(await ask("backwards", states.slice(Math.max(0, at - 200), at).toReversed())).slice(0, 5));
    }
    if (requests.some((url) => !url.startsWith("file://") && !url.startsWith("data:")) || requests.filter((u) => u.startsWith("file:")).length !== 1)
      wrong.push(`requests left the page: ${requests.join(" ")}`);
    const slowest = await page.evaluate(() => window.reader.slowest);
    console.log(`${path.basename(scenario)} ${language}: ${end} steps each way, compared at ${states.length} states: ${checks} comparisons, ` +
      `slowest step ${slowest.toFixed(1)} ms (all structs open)`);
  });
} finally {
  rmSync(folder, { recursive: true });
}
for (const line of wrong) console.error(line.slice(0, 1000));
process.exit(wrong.length > 0 ? 1 : 0);
