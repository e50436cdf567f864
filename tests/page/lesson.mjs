// lesson.mjs GOGOSCOPE LESSON: the page of a lesson, answered by keys and by clicks. What comes after an open question is
// not to be seen anywhere; after an attempt, what is right, and why. What the page says of answers is what
// `gogoscope lesson` says.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { axeSource, withBrowser } from "./browser.mjs";

const [gogoscope, scenario] = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), "gogoscope-lesson-"));
const file = path.join(folder, "lesson.html");
let failed = 0;
function expect(holds, claim, found = "") {
  if (!holds) ++failed;
  console.log(`${holds ? "ok" : "NOT OK"}  ${claim}${found === "" ? "" : `: ${found}`}`);
}

/** As it is read: code has letters of its own, and no marks. */
const read = (said) => said.replaceAll("`", "");

const state = (page) => page.$eval("#timeline .detail", (e) => Number(e.textContent.split(" ")[0]));
const problems = [];
async function opened(browser, address = "") {
  const page = await browser.newPage();
  page.on("pageerror", (e) => problems.push(String(e)));
  page.on("console", (m) => problems.push(m.text()));
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(`file://${file}${address}`);
  return page;
}

/** Everything that can be read on the page, in attributes too. */
const seen = (page) => page.evaluate(() => {
  const texts = [document.body.innerText];
  for (const e of document.querySelectorAll("main [title], main [aria-label]")) {
    if (e.checkVisibility()) texts.push(e.title, e.getAttribute("aria-label") ?? "");
  }
  return texts.join("\n");
});

/** Answers a question as a reader would: with ids of choices, or a text. */
async function answer(page, number, question, given) {
  const form = (await page.$$("#lesson .question"))[number];
  if (question.kind === "value") {
    await (await form.$("input.typed")).type(given[0]);
    await page.keyboard.press("Enter");
    return;
  }
  for (const id of given) {
    const choices = await form.$$(question.kind === "order" ? "button.choice" : "label.choice");
    await choices[question.choices.findIndex((choice) => choice.id === id)].click();
  }
  await (await form.$("button.answer")).click();
}

/** Right ones where `right` says so; else others. */
function answersOf(question, right) {
  if (question.kind === "value") return [right ? question.value : "12345"];
  const ids = question.choices.map((choice) => choice.id);
  const truth = question.truth.map((i) => ids[i]);
  if (right) return truth;
  if (question.kind === "order") return truth.toReversed();
  if (question.kind === "which") return [ids.find((id) => id !== truth[0])];
  return truth.length > 0 ? [] : [ids[0]];
}

async function lights(page, data) {
  const [stop] = data.lesson.stops;
  // The first struct is one that the stop asks to be looked at.
  const names = stop.look.map(([name]) => name).filter((name) => /^[gmp]\d+\./.test(name));
  if (names.length === 0) return;
  await page.evaluate((s) => (window.location.hash = `#${s}`), stop.state);
  const first = await page.$eval("#structs details", (e) => [e.querySelector(".title").textContent, e.open].join());
  expect(first === `${/^(.*?)\./.exec(names[0])[1]},true`, "the struct that is to be looked at comes first", first);
  expect(await page.$eval("#structs", (e) => e.hasAttribute("data-lit")), "and its panel is lit");
}

/** Each title where its stop is shown, a heading below the panel's own. All questions are answered: each stop can be
    gone to, by pages, since two of them may be at one moment. */
async function titles(page, data) {
  const titled = data.lesson.stops.filter((stop) => stop.title);
  await page.evaluate((s) => (window.location.hash = `#${s}`), data.lesson.stops[0].state);
  for (const [i, stop] of data.lesson.stops.entries()) {
    if (i > 0) await page.keyboard.press("PageDown");
    const found = [await state(page), ...(await page.$$eval("#lesson h3", (all) => all.map((e) => e.textContent)))];
    const wanted = [stop.state, ...(stop.title ? [stop.title[0]] : [])];
    if (found.join() !== wanted.join()) expect(false, "a stop shows its title", `${found.join()}, not ${wanted.join()}`);
  }
  expect((await page.$$("#lesson .stop h3")).length <= 1, "a stop has one title at most", `${titled.length} in the lesson`);
  const printed = await page.$$eval(".handout h3", (all) => all.map((e) => e.textContent).join());
  expect(printed === titled.map((stop) => stop.title[0]).join(), "and so has the handout");
}

async function horizon(page, data) {
  const { stops } = data.lesson;
  const stop = stops.find((one) => one.ask.length > 0);
  expect((await state(page)) === stops[0].state, "the page opens at its first stop", stops[0].state);
  await page.evaluate((s) => (window.location.hash = `#${s}`), stop.state);
  for (const key of ["End", "ArrowRight", "F7", "F8", "F10", "PageDown"]) {
    await page.keyboard.press(key);
    expect((await state(page)) <= stop.state, `${key} leads no further`);
  }
  expect(/Answer the question first/.test(await page.$eval(".message", (e) => e.textContent)), "and the page says why");
  await page.evaluate((s) => (window.location.hash = `#${s}`), data.to);
  expect((await state(page)) <= stop.state, "nor does the address");
  await page.evaluate((s) => (window.location.hash = `#${s}`), stop.state);
  await page.evaluate(() => {
    const slider = document.querySelector("#timeline input");
    slider.value = slider.max;
    slider.dispatchEvent(new Event("input"));
  });
  expect((await state(page)) <= stop.state, "nor the slider");
  const texts = await seen(page);
  const question = stop.ask[0];
  expect(!texts.includes(read(question.because[0])) && !texts.includes(read(`No: ${question.answer[0]}`)), "the reason is not to be seen");
  const future = data.events.filter((e) => e[0] >= stop.state).map((e) => e[0] + 1);
  const listed = await page.$$eval("#events .number", (all) => all.filter((e) => e.checkVisibility()).map((e) => Number(e.textContent)));
  expect(listed.length > 0 && listed.every((s) => s <= stop.state), "no later event is listed", `${listed.length} listed, ${future.length} to come`);
  await page.keyboard.down("Control");
  await page.keyboard.press("k");
  await page.keyboard.up("Control");
  await page.keyboard.type(String(future[0]));
  const found = await page.$$eval(".found li", (all) => all.map((e) => e.textContent));
  expect(!found.some((text) => text.includes(`${future[0]}  `)), "nor is one found by the search", found.join(" | ").slice(0, 80));
  await page.evaluate(() => document.querySelector("#search").close());
}

async function play(page, data, right) {
  const { stops } = data.lesson;
  let count = 0;
  await page.evaluate((s) => (window.location.hash = `#${s}`), stops[0].state);
  for (const [i, stop] of stops.entries()) {
    if (i > 0) await page.keyboard.press("PageDown");
    if ((await state(page)) !== stop.state) return expect(false, `PageDown comes to stop ${i + 1}`, await state(page));
    const marks = await page.$eval("#lesson .stop", (e) => e.textContent.includes("`"));
    if (marks) expect(false, `stop ${i + 1}: code is shown as code, without its marks`);
    for (const [number, question] of stop.ask.entries()) {
      const isRight = right(count++);
      await answer(page, number, question, answersOf(question, isRight));
      const verdict = await page.evaluate((n) => {
        const form = document.querySelectorAll("#lesson .question")[n];
        return [form.querySelector(".verdict")?.textContent, form.querySelector(".because")?.textContent,
          document.activeElement === form.querySelector(".verdict"), form.querySelectorAll("input, button.choice").length];
      }, number);
      const wanted = isRight ? "Right." : read(`No: ${question.answer[0]}`);
      if (verdict[0] !== wanted || verdict[1] !== read(question.because[0])) expect(false, `stop ${i + 1}: verdict and reason`, verdict.join(" | "));
      if (!verdict[2]) expect(false, `stop ${i + 1}: the verdict has the focus`);
      if (verdict[3] > 0) expect(false, `stop ${i + 1}: there is one attempt`);
    }
  }
  return count;
}

try {
  execFileSync(gogoscope, ["page", scenario, "-o", file]);
  const data = JSON.parse(/id="run">(.*?)<\/script>/s.exec(readFileSync(file, "utf8"))[1]);
  await withBrowser(async (browser) => {
    let page = await opened(browser);
    await lights(page, data);
    await horizon(page, data);
    // Every second answer is wrong.
    const count = await play(page, data, (n) => n % 2 === 0);
    expect(count > 0, "every question is answered once, judged and explained", count);
    const kept = await page.evaluate((name) => window.localStorage.getItem(`gogoscope.lesson.${name}`), data.lesson.name);
    const score = await page.$eval("#lesson .score", (e) => e.textContent);
    // The terminal says the same of the same answers.
    const answers = path.join(folder, "answers.json");
    writeFileSync(answers, kept);
    let told;
    try {
      told = execFileSync(gogoscope, ["lesson", scenario, "--answers", answers, "--json", "-"], { stdio: ["ignore", "pipe", "ignore"] });
    } catch (e) {
      told = e.stdout;  // some answers are wrong
    }
    const judged = JSON.parse(told);
    expect(score.includes(`${judged.score.right} of ${judged.score.of} right`), "the score is that of `gogoscope lesson`", score);
    expect(judged.score.answered === count, "which reads the answers kept by the page");
    await page.keyboard.press("End");
    expect((await state(page)) === data.to, "nothing is hidden any more");
    await titles(page, data);
    await page.close();

    page = await opened(browser, "#end");
    expect((await state(page)) === data.to, "the answers are there when the page is opened again");
    await page.keyboard.press("PageUp");
    await page.keyboard.press("PageUp");
    const back = await page.$eval("#lesson .detail", (e) => e.textContent);
    expect(back.startsWith(`Stop ${data.lesson.stops.length - 1} of`), "PageUp goes back", back);
    await page.evaluate(() => [...document.querySelectorAll(".end-of-lesson button")].at(-1).click());
    expect((await page.$eval("#lesson .score", (e) => e.textContent)).includes("0 answered"), "and can be taken back");
    // By keys alone: letters choose, Enter answers.
    const stop = data.lesson.stops.find((one) => one.ask.length > 0);
    const [question] = stop.ask;
    if (question.kind !== "value") {
      await page.evaluate((s) => (window.location.hash = `#${s}`), stop.state);
      await page.evaluate(() => document.activeElement.blur());
      for (const i of question.truth) await page.keyboard.press(String.fromCharCode(97 + i));
      await page.keyboard.press("Enter");
      expect((await page.$eval("#lesson .verdict", (e) => e.textContent)) === "Right.", `letters and Enter answer a question of ${question.kind}`);
    }
    for (const lang of ["en", "zh"]) {
      for (const [width, height] of [[1440, 900], [390, 844], [320, 640]]) {
        await page.setViewport({ width, height });
        await page.goto(`file://${file}?lang=${lang}&theme=${width > 1000 ? "dark" : "light"}`);
        await page.evaluate(axeSource());
        const found = await page.evaluate(() =>
          window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
            .then((r) => r.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].any[0]?.message ?? ""}`)));
        expect(found.length === 0, `axe-core finds nothing in a lesson: ${lang} ${width}x${height}`, found.join("\n        "));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wide <= 0, `nothing is wider than the screen at ${width}`, wide);
      }
    }
    // On paper.
    await page.emulateMediaType("print");
    const paper = await page.evaluate(() => document.body.innerText);
    const printed = data.lesson.stops.every((one) => one.ask.every((q) => paper.includes(read(q.text[1])) && !paper.includes(read(q.because[1]))));
    const stops = await page.$$eval(".handout section", (all) => all.filter((e) => e.checkVisibility()).length);
    expect(printed && stops === data.lesson.stops.length, "the handout has every question and no reason", `${stops} sections`);
    await page.close();

    // A frame refuses storage and address.
    const html = readFileSync(file, "utf8").replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    const outer = path.join(folder, "frame.html");
    writeFileSync(outer, `<!doctype html><title>LMS</title><iframe sandbox="allow-scripts" style="width:100%;height:800px" srcdoc="${html}"></iframe>`);
    page = await browser.newPage();
    await page.goto(`file://${outer}`);
    const frame = page.frames()[1];
    await frame.waitForSelector("nav.stops button");
    for (let i = 0; i < data.lesson.stops.indexOf(stop); ++i) await frame.evaluate(() => [...document.querySelectorAll("nav.stops button")].at(-1).click());
    await frame.evaluate((truth) => {
      const form = document.querySelector("#lesson .question");
      for (const i of truth) form.querySelectorAll("button.choice, .choice input")[i].click();
      form.querySelector("button.answer").click();
    }, question.truth);
    expect((await frame.$eval("#lesson .verdict", (e) => e.textContent)) === "Right.", "in a sandboxed frame it can be answered, too");
    await page.close();
    expect(problems.length === 0, "and nothing goes wrong", problems.join(" | "));
  });
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(failed > 0 ? 1 : 0);
