// judge_test.mjs GOGOSCOPE LESSON...: the page judges an answer as `gogoscope lesson` does, whatever is typed. Without a
// browser.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Answers, judged, typedValue } from "../../scenarios/page/player/judge.mjs";
import { LessonPanel } from "../../scenarios/page/player/lesson.mjs";
import { Recorded } from "../../scenarios/page/player/record.mjs";

const [gogoscope, ...lessons] = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), "gogoscope-judge-"));

/** What the terminal makes of answers that the page kept: {right, answered}, and each verdict. */
function told(lesson, text) {
  const file = path.join(folder, "answers.json");
  writeFileSync(file, text);
  const run = ["lesson", lesson, "--answers", file, "--json", "-"];
  try {
    return JSON.parse(execFileSync(gogoscope, run, { stdio: ["ignore", "pipe", "ignore"] }));
  } catch (e) {
    return JSON.parse(e.stdout);  // some answers are wrong, or missing
  }
}

try {
  const lookup = (word) => ({ rsp: 0x100n, g2: 7n })[word];
  assert.equal(typedValue("rsp - 8", lookup), 0xf8n);
  assert.equal(typedValue(" 0x10+g2 ", lookup), 0x17n);
  assert.equal(typedValue("-1", lookup), 2n ** 64n - 1n);
  lookup.memory = (address) => ({ 264: 0x100n, 256: 3n })[String(address)];
  lookup.alone = (word) => ({ dead: 6n })[word];
  assert.equal(typedValue("[rsp + 8]", lookup), 0x100n);
  assert.equal(typedValue("[ [rsp+8] ] - 1", lookup), 2n);
  assert.equal(typedValue("1_0 - 0X0A", lookup), 0n);
  assert.equal(typedValue("dead", lookup), 6n);
  for (const text of ["dead + 1", "[rsp", "rsp]", "[rsp + 16]", "[]", "+1", "18446744073709551616", `${"1+".repeat(32)}1`,
    `${"[".repeat(9)}rsp${"]".repeat(9)}`]) assert.equal(typedValue(text, lookup), undefined, text);
  for (const text of ["", "rsp 8", "no.such", "8 8", "rsp -", "0xg", "12a"]) assert.equal(typedValue(text, lookup), undefined, text);

  let typed = 0;
  const taken = new Set();
  for (const file of lessons) {
    const page = path.join(folder, "page.html");
    execFileSync(gogoscope, ["page", file, "-o", page]);
    const data = JSON.parse(/id="run">(.*?)<\/script>/s.exec(readFileSync(page, "utf8"))[1]);
    const record = new Recorded(data);
    const lesson = data.lesson;
    const lookupAt = (stop, question) => LessonPanel.prototype.lookup.call({ lesson, page: { record } }, stop, question);
    // Each time every question gets another answer; of a value, another spelling.
    const spellings = [
      (q) => q.answer[0], (q) => `${q.value} - 8 + 8`, () => "rsp - 8", () => "m0.curg", () => "p0.runqtail + 1", () => "g2.sched.sp",
      () => "runtime.goexit + 1", () => "dead", () => "dead + 1", () => "[rsp]", () => "[rsp + 8]",
      () => "[[rsp - 8] - 3] + 1", () => "[g2.sched.sp + 4]", () => "[rsp", () => "constructor", () => "0x0_c", () => "12",
    ];
    for (const [round, spelling] of spellings.entries()) {
      const answers = new Answers(lesson);
      for (const stop of lesson.stops) {
        for (const question of stop.ask) {
          const ids = (question.choices ?? []).map((choice) => choice.id);
          const given = question.kind === "value" ? [spelling(question)] : question.kind === "which" ? [ids[round % ids.length]]
            : question.kind === "order" ? ids.toSorted((a, b) => ((round * 7 + ids.indexOf(a) * 3) % 5) - ((round * 7 + ids.indexOf(b) * 3) % 5))
            : ids.filter((id, i) => (round >> i) % 2 === 1);
          const answer = judged(question, given, lookupAt(stop, question));
          if (answer) answers.keep(stop, question, answer);
          if (question.kind === "value" && answer) {
            ++typed;
            taken.add(given[0]);
          }
        }
      }
      const score = answers.score();
      const terminal = told(file, answers.text());
      for (const one of terminal.answers) {
        const stop = lesson.stops.find((s) => s.id === one.stop);
        const mine = answers.of(stop, stop.ask.find((q) => q.id === one.question));
        if (mine) assert.equal(mine.right, one.right, `${path.basename(file)} ${one.stop} ${one.question}: ${mine.given}`);
      }
      assert.equal(score.right, terminal.score.right, `${path.basename(file)}, round ${round}`);
      // Kept answers are read back, and those that the lesson does not ask for are passed over.
      const again = new Answers(lesson);
      again.read(answers.text(), lookupAt);
      assert.deepEqual(again.score(), score);
      again.read('{"answers": [{"stop": "nowhere", "question": "x", "given": ["a"]}]}', lookupAt);
      again.read("no JSON", lookupAt);
      assert.deepEqual(again.score(), score);
    }
    // What comes after the first open question is hidden, and nothing once all are answered.
    const open = new Answers(lesson);
    assert.equal(open.horizon(), lesson.stops.find((stop) => stop.ask.length > 0)?.state);
  }
  assert.ok(typed > 0, "some values were typed");
  for (const text of ["[rsp]", "[rsp + 8]", "0x0_c"]) assert.ok(taken.has(text), text);
  console.log(`${lessons.length} lessons, ${typed} typed values judged`);
} finally {
  rmSync(folder, { recursive: true });
}
