// behaves.mjs GOGOSCOPE SCENARIOS [chromium|firefox] [PART]: a page opens and steps fast enough, asks for nothing, can be used
// by keyboard alone, passes an audit of accessibility, follows its address, and works where a frame refuses almost
// everything. In firefox only the smoke run: forwards and back through a run.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { axeSource, withBrowser } from "./browser.mjs";

const [gogoscope, scenarios, browserName = "chromium", only = ""] = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), "gogoscope-page-"));
let failed = 0;
function expect(holds, claim, found = "") {
  if (!holds) ++failed;
  console.log(`${holds ? "ok" : "NOT OK"}  ${claim}${found === "" ? "" : `: ${found}`}`);
}
const make = (scenario, name, ...options) => {
  const file = path.join(folder, `${name}.html`);
  execFileSync(gogoscope, ["page", scenario, "-o", file, ...options]);
  return file;
};
const text = (page, selector) => page.$eval(selector, (e) => e.textContent);
const state = async (page) => Number((await text(page, "#timeline .detail")).split(" ")[0]);

async function opened(browser, address, { width = 1440, height = 900, features = [] } = {}) {
  const page = await browser.newPage();
  page.problems = [];
  page.requests = [];
  page.on("pageerror", (e) => page.problems.push(String(e)));
  page.on("console", (m) => page.problems.push(m.text()));
  page.on("request", (r) => page.requests.push(r.url()));
  await page.setViewport({ width, height });
  if (features.length > 0) await page.emulateMediaFeatures(features);
  await page.goto(address);
  return page;
}

/** Processor time of the page's main thread so far, in ms: script, style and layout. Wall time would be that of whatever
    else the machine does. */
async function busy(page) {
  page.meter ??= await page.createCDPSession();
  await page.meter.send("Performance.enable", { timeDomain: "threadTicks" });
  const { metrics } = await page.meter.send("Performance.getMetrics");
  const all = Object.fromEntries(metrics.map((m) => [m.name, m.value * 1000]));
  return { total: all.ThreadTime, script: all.ScriptDuration, style: all.RecalcStyleDuration, layout: all.LayoutDuration };
}

/** A page, and what its thread did to open it: the second time, since the meter must run before that. */
async function openingTime(browser, file) {
  const page = await browser.newPage();
  await page.goto(`file://${file}`);
  const before = await busy(page);
  await page.reload();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))));
  const took = (await busy(page)).total - before.total;
  if (!(took > 1)) throw new Error(`opening a page took ${took} ms: the meter does not run`);
  return [page, took];
}

async function figures(browser, two) {
  const times = [];
  for (let i = 0; i < 3; ++i) {
    const [page, took] = await openingTime(browser, two);
    times.push(took);
    await page.close();
  }
  const opening = times.sort((a, b) => a - b)[1];
  expect(opening <= 300, "02-two-exits opens in at most 300 ms", `${opening.toFixed(0)} ms`);
  const page = await opened(browser, `file://${two}#1100`);  // both exits are behind it
  let most = 0;
  const before = await busy(page);
  const steps = 1000;
  for (const key of ["ArrowRight", "ArrowLeft"]) {
    for (let done = 0; done < steps; done += 20) {
      const begin = await busy(page);
      // With style and layout, which the browser would do before it paints.
      await page.evaluate((k) => {
        for (let i = 0; i < 20; ++i) {
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: k, bubbles: true, cancelable: true }));
          document.body.offsetHeight;
        }
      }, key);
      most = Math.max(most, ((await busy(page)).total - begin.total) / 20);
    }
  }
  const after = await busy(page);
  const mean = (what) => ((after[what] - before[what]) / (2 * steps)).toFixed(1);
  expect(most <= 16, "a step takes at most 16 ms", `${mean("total")} ms on average (script ${mean("script")}, style ` +
    `${mean("style")}, layout ${mean("layout")}), the slowest twenty ${most.toFixed(1)} ms each`);
  await page.close();
}

async function longRun(browser) {
  const scenario = path.join(folder, "long.yaml");
  writeFileSync(scenario, readFileSync(new URL("long.yaml", import.meta.url)));
  const file = make(scenario, "long", "--to", "100000");
  const [page, took] = await openingTime(browser, file);
  expect(took <= 2000, "a run of 100,000 steps opens in at most 2 s", `${took.toFixed(0)} ms, ${(readFileSync(file).length / 1e6).toFixed(1)} MB`);
  await page.keyboard.press("End");
  expect((await state(page)) === 100000, "and goes to its end");
  await page.close();
}

async function keyboard(browser, two) {
  const page = await opened(browser, `file://${two}`);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  expect((await state(page)) === 2, "the right arrow steps");
  await page.keyboard.press("ArrowLeft");
  expect((await state(page)) === 1, "the left arrow steps back");
  await page.keyboard.press("F7");
  const handoff = await state(page);
  expect(handoff > 100, "F7 goes to a handoff", handoff);
  // Tab reaches every button and every panel; nothing traps it.
  const reached = new Set();
  for (let i = 0; i < 2000; ++i) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (e === document.body) return "";
      e.dataset.reached = "1";
      const style = getComputedStyle(e);
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0) e.dataset.unseen = "1";
      return e.tagName + e.className + e.id + e.textContent.slice(0, 30);
    });
    if (at === "") break;
    reached.add(at);
  }
  const missed = await page.evaluate(() =>
    [...document.querySelectorAll("button, input, summary, [tabindex='0']")]
      .filter((e) => e.checkVisibility() && !e.closest("dialog") && !e.dataset.reached)
      .map((e) => e.outerHTML.slice(0, 80)));
  expect(missed.length === 0, "Tab reaches every button, field and panel", missed.slice(0, 3).join(" | "));
  const unseen = await page.evaluate(() => [...document.querySelectorAll("[data-unseen]")].map((e) => e.outerHTML.slice(0, 80)));
  expect(unseen.length === 0, "the focus can be seen everywhere", unseen.slice(0, 3).join(" | "));
  // A field's last and next write, by keyboard.
  await page.evaluate(() => [...document.querySelectorAll("#structs .place")].find((e) => e.textContent === "sched.sp").focus());
  await page.keyboard.press("Enter");
  const name = await text(page, ".selection b");
  expect(/\.sched\.sp$/.test(name), "Enter selects a field", name);
  const before = await state(page);
  await page.keyboard.press("Enter");
  expect((await state(page)) < before, "its last write is one key away");
  // Search.
  await page.keyboard.down("Control");
  await page.keyboard.press("k");
  await page.keyboard.up("Control");
  await page.keyboard.type("runtime.goexit0");
  await page.keyboard.press("Enter");
  expect((await text(page, "#disassembly .detail")) === "runtime.goexit0", "search goes to a function");
  const spoken = await page.$eval(".live", (e) => e.getAttribute("aria-live") + ":" + (e.textContent.length > 10));
  expect(spoken === "polite:true", "a step is announced", spoken);
  // Up and down are lines where lines are to be seen, and scroll elsewhere.
  await page.keyboard.press("Home");
  const keyed = async (selector, key) => {
    const before = await state(page);
    const scrolled = await page.evaluate((s, k) => {
      const target = s === "body" ? document.body : document.querySelector(s);
      target === document.body ? document.activeElement.blur() : target.focus();
      return target.dispatchEvent(new KeyboardEvent("keydown", { key: k, bubbles: true, cancelable: true }));
    }, selector, key);
    return `${Math.sign((await state(page)) - before)} ${scrolled ? "browser" : "page"}`;
  };
  for (const selector of ["#source .body", "#disassembly .body", "#timeline input"]) {
    const ways = `${await keyed(selector, "ArrowDown")}, ${await keyed(selector, "ArrowUp")}`;
    expect(ways === "1 page, -1 page", `down and up go by lines in ${selector}`, ways);
  }
  for (const selector of ["body", "#structs .body", "#events .body", ".m-step"]) {
    const ways = `${await keyed(selector, "ArrowDown")}, ${await keyed(selector, "ArrowUp")}`;
    expect(ways === "0 browser, 0 browser", `down and up scroll in ${selector}`, ways);
  }
  expect((await keyed("#timeline input", "ArrowRight")) === "1 page", "the right arrow steps from the slider");
  await page.close();
}

async function audits(browser, two) {
  for (const lang of ["en", "zh"]) {
    for (const value of ["dark", "light"]) {
      for (const [width, height] of [[1440, 900], [390, 844]]) {
        const page = await opened(browser, `file://${two}?lang=${lang}#runtime.gogo+0x26#3`,
          { width, height, features: [{ name: "prefers-color-scheme", value }, { name: "prefers-reduced-motion", value: "reduce" }] });
        await page.evaluate((k) => document.querySelector("#structs .place")?.click(), 0);
        const found = await audit(page);
        expect(found.length === 0, `axe-core finds nothing: ${lang} ${value} ${width}x${height}`, found.join("\n        "));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wide <= 0, `nothing is wider than the screen at ${width}`, wide);
        await page.close();
      }
    }
  }
  const narrow = await opened(browser, `file://${two}`, { width: 320, height: 640 });
  const wide = await narrow.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide <= 0, "nothing is wider than a screen of 320 pixels", wide);
  await narrow.close();
}

async function addresses(browser, two) {
  let page = await opened(browser, `file://${two}#1779`);
  expect((await state(page)) === 1779, "#1779 opens that state");
  await page.keyboard.press("ArrowRight");
  await new Promise((done) => setTimeout(done, 400));
  expect((await page.evaluate(() => window.location.hash)) === "#1780", "the address follows");
  await page.evaluate(() => (window.location.hash = "#runtime.gogo+0x23#3"));
  await page.waitForFunction(() => document.querySelector("#disassembly tr.here th").textContent === "+0x23");
  const third = await state(page);
  await page.close();
  page = await opened(browser, `file://${two}#runtime.gogo+0x23#3`);
  expect((await state(page)) === third, "#runtime.gogo+0x23#3 opens the third visit", third);
  const english = await text(page, "#source ol");
  await page.evaluate(() => [...document.querySelectorAll(".tools button")].at(-1).click());
  const chinese = await text(page, "#source ol");
  expect(/switches to g's stack/.test(english) && !/切换到g栈/.test(english) && /切换到g栈/.test(chinese), "comments follow the language");
  await page.close();
  page = await opened(browser, `file://${two}#runtime.nowhere`);
  expect((await state(page)) === 0 && /runtime\.nowhere/.test(await text(page, ".message")), "an address that leads nowhere is said to");
  await page.close();
  page = await opened(browser, `file://${two}?embed=story,stacks#1779`);
  const shown = await page.evaluate(() => [...document.querySelectorAll("main > section")].filter((e) => e.checkVisibility()).map((e) => e.id).join());
  expect(shown === "story,stack-g0,stack-g", "?embed hides all but what is asked for", shown);
  await page.close();
}

async function frames(browser, two) {
  const html = readFileSync(two, "utf8");
  const escaped = html.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const outer = path.join(folder, "frame.html");
  writeFileSync(outer, `<!doctype html><title>LMS</title><iframe sandbox="allow-scripts" style="width:100%;height:800px" srcdoc="${escaped}"></iframe>`);
  const page = await opened(browser, `file://${outer}`);
  const frame = page.frames()[1];
  await frame.waitForSelector("#timeline .detail");
  await frame.evaluate(() => {
    for (let i = 0; i < 5; ++i) document.querySelector(".m-step").click();
    [...document.querySelectorAll(".tools button")].at(-2).click();
    [...document.querySelectorAll(".tools button")].at(-1).click();
  });
  await new Promise((done) => setTimeout(done, 400));
  const detail = await frame.$eval("#timeline .detail", (e) => e.textContent);
  expect(detail.startsWith("5 /"), "a sandboxed frame steps, and changes theme and language", detail);
  await frame.evaluate(() => {
    document.querySelector(".tools button").click();
    const input = document.querySelector("#search-text");
    input.value = "runtime.goexit0";
    input.dispatchEvent(new Event("input"));
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  });
  const place = await frame.$eval("#disassembly .detail", (e) => e.textContent);
  expect(place === "runtime.goexit0", "the search works in it", place);
  expect(page.problems.length === 0, "and nothing goes wrong in it", page.problems.join(" | "));
  await page.close();
}

async function hostile(browser) {
  const attack = `</script><script>window.ran=1</script><img src=x onerror="window.ran=2">&lt;b&gt;`;
  const scenario = path.join(folder, "hostile.yaml");
  const source = readFileSync(path.join(scenarios, "01-one-exit.yaml"), "utf8");
  const quoted = JSON.stringify(attack);
  writeFileSync(scenario, source.replace(/^title:[^]*?(?=^\S)/m, `title: {en: ${quoted}, zh: ${quoted}}\n`)
    .replace(/^about:[^]*?(?=^\S)/m, `about: {en: ${quoted}, zh: ${quoted}}\n`));
  const page = await opened(browser, `file://${make(scenario, "hostile")}`);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await new Promise((done) => setTimeout(done, 200));
  expect((await page.evaluate(() => window.ran)) === undefined, "what a scenario says does not run");
  expect((await text(page, "#story .sentence")).startsWith("</script><script>"), "it is shown as a text");
  const policed = await page.evaluate(async () => {
    const seen = [];
    document.addEventListener("securitypolicyviolation", (e) => seen.push(e.effectiveDirective));
    await fetch("https://example.invalid/").catch(() => {});
    const image = document.createElement("img");
    image.src = "https://example.invalid/x.png";
    document.body.append(image);
    let threw = false;
    try {
      document.body.innerHTML += "<p>";
    } catch {
      threw = true;
    }
    await new Promise((done) => setTimeout(done, 100));
    return `${seen.sort().join()} ${threw}`;
  });
  expect(/connect-src/.test(policed) && /img-src/.test(policed) && policed.endsWith("true"), "the policy refuses requests, and markup made by a script", policed);
  await page.close();
}

async function pointers(browser, two) {
  const page = await opened(browser, `file://${two}?lang=en#1779`);
  // g1.m and the like lead to the struct, and a saved SP to the word of the stack.
  const struct = await page.evaluate(() => {
    const jump = [...document.querySelectorAll("#registers .jump")].find((e) => /^m0$/.test(e.textContent));
    jump.click();
    return document.activeElement.textContent;
  });
  expect(struct.startsWith("m0"), "a pointer to m0 leads to its struct", struct);
  const word = await page.evaluate(() => {
    const jump = [...document.querySelectorAll("#registers .jump")].find((e) => /^in g0's stack/.test(e.textContent));
    const hi = Number(/hi-(\d+)/.exec(jump.textContent)[1]);
    jump.click();
    return [document.activeElement.title, document.activeElement.closest("section").id, hi];
  });
  expect(word[1] === "stack-g0" && /^0x7ff/.test(word[0]), "a pointer into a stack leads to its word", word.join());
  expect(page.problems.length === 0, "and nothing goes wrong", page.problems.join(" | "));
  await page.close();
}

async function site(browser) {
  const from = path.join(folder, "scenarios");
  for (const part of ["lessons", "mutants"]) mkdirSync(path.join(from, part), { recursive: true });
  // The lessons, and what they have their readers try.
  for (const name of ["01-one-exit.yaml", "lessons/02-forged-frame.yaml", "lessons/03-gogo.yaml",
    "mutants/gostartcall-without-return.yaml", "mutants/gogo-without-sp.yaml"]) {
    copyFileSync(path.join(scenarios, name), path.join(from, name));
  }
  const to = path.join(folder, "site");
  execFileSync(gogoscope, ["page", from, "-o", to], { stdio: ["ignore", "ignore", "inherit"] });
  for (const index of ["index.html", "index.zh.html"]) {
    const page = await opened(browser, `file://${to}/${index}`, { width: 900 });
    const lefts = await page.evaluate(() => [...new Set([...document.querySelectorAll("h1, h2, li > a")].map((e) => Math.round(e.getBoundingClientRect().left)))]);
    expect(lefts.length === 1, `${index} is one column`, lefts.join());
    const found = await audit(page);
    expect(found.length === 0, `axe-core finds nothing in ${index}`, found.join("\n        "));
    await page.close();
  }
  const page = await opened(browser, `file://${to}/index.zh.html`);
  await Promise.all([page.waitForNavigation(), page.click("ol a")]);
  await page.waitForSelector("#lesson .detail");
  expect((await text(page, "#lesson h2")) === "课程", "a link leads to the lesson, in the language of the index");
  const links = await page.evaluate(() => [document.querySelector("a.tool").href, document.querySelector(".end-of-lesson a").href].map((a) => a.replace(/.*\/site\//, "")));
  expect(links.join() === "index.zh.html,lessons/03-gogo.html?lang=zh", "and from there back, and on to the next in the same language", links.join());
  // What a stop asks to try is a link, in the language that is being read.
  await page.evaluate(() => (window.location.hash = "#end"));
  for (let stop = 0; stop < 10; ++stop) {
    await page.evaluate(() => {
      for (const form of document.querySelectorAll("#lesson .question.open")) {
        const typed = form.querySelector("input.typed");
        if (typed) typed.value = "0";
        for (const choice of form.querySelectorAll("input[type=radio], button.choice")) choice.click();
        form.querySelector("button.answer").click();
      }
    });
    await page.keyboard.press("PageDown");
  }
  const tried = await page.evaluate(() => document.querySelector(".try a").href.replace(/.*\/site\//, ""));
  expect(tried === "mutants/gostartcall-without-return.html?lang=zh", "what a stop asks to try has its page", tried);
  await Promise.all([page.waitForNavigation(), page.click(".try a")]);
  expect((await text(page, "#story h2")) === "发生了什么，为什么", "in the same language");
  expect(page.problems.length === 0, "and nothing goes wrong", page.problems.join(" | "));
  await page.close();
}

/** What axe-core finds on a page. */
async function audit(page) {
  await page.evaluate(axeSource());
  return page.evaluate(() =>
    window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
      .then((r) => r.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)} ${v.nodes[0].any[0]?.message ?? ""}`)));
}

async function smoke(browser, two) {
  const page = await opened(browser, `file://${two}`);
  for (const key of ["F7", "F7", "F8", "ArrowRight", "F10"]) await page.keyboard.press(key);
  const there = await state(page);
  const sentence = await text(page, "#story .sentence");
  expect(there > 500, "it steps", there);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  expect((await state(page)) === there && (await text(page, "#story .sentence")) === sentence, "and comes back");
  await page.evaluate(() => [...document.querySelectorAll(".tools button")].at(-1).click());
  expect((await text(page, "#story h2")) === "发生了什么，为什么", "in Chinese too");
  expect(page.problems.length === 0, "and nothing goes wrong", page.problems.join(" | "));
  await page.close();
}

try {
  const two = make(path.join(scenarios, "02-two-exits.yaml"), "two");
  await withBrowser(async (browser) => {
    if (browserName === "firefox") return smoke(browser, two);
    const parts = { smoke, figures, longRun, keyboard, audits, addresses, frames, hostile, pointers, site };
    for (const [name, part] of Object.entries(parts)) {
      if (only !== "" && only !== name) continue;
      // Pages remember what the reader chose: each part has a storage of its own.
      const context = await browser.createBrowserContext();
      await part(context, two);
      await context.close();
    }
  }, browserName);
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(failed > 0 ? 1 : 0);
