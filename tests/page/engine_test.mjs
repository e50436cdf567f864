// engine_test.mjs GOGOSCOPE SCENARIO: the player's delta engine, without a browser: going back is the inverse of going
// on, at every step; writes are found in both directions; the moves end where the program's own end.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Deltas, Numbers, bytesOf, cellsOf } from "../../scenarios/page/player/engine.mjs";
import { Recorded, joined } from "../../scenarios/page/player/record.mjs";

const [gogoscope, scenario] = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), "gogoscope-engine-"));
const page = (...options) => {
  const file = path.join(folder, "page.html");
  execFileSync(gogoscope, ["page", scenario, "-o", file, ...options]);
  const html = readFileSync(file, "utf8");
  return JSON.parse(/id="run">(.*?)<\/script>/s.exec(html)[1]);
};

try {
  // Numbers as base64.h writes them.
  const numbers = new Numbers(new Uint8Array([0xac, 0x02, 0x01, 0x02]));
  assert.equal(numbers.next(), 300);
  assert.equal(numbers.signed(), -1);
  assert.equal(numbers.signed(), 1);
  assert.throws(() => numbers.next(), /too early/);
  assert.equal(joined("{a} and {b}  .", { a: "{b}", b: "" }), "{b} and .");

  const data = page();
  const deltas = new Deltas(cellsOf(bytesOf(data.start)), bytesOf(data.steps));
  assert.equal(deltas.steps, data.to - data.from);
  const states = [deltas.now.slice()];
  for (let k = 1; k <= deltas.steps; ++k) {
    deltas.seek(k);
    states.push(deltas.now.slice());
    for (const [cell, { old }] of deltas.news()) assert.equal(old, states[k - 1][cell]);
  }
  for (let k = deltas.steps; k >= 0; --k) {
    deltas.seek(k);
    assert.deepEqual(deltas.now, states[k], `state ${k}, reached by going back`);
  }
  for (const k of [deltas.steps, 3, deltas.steps >> 1, 0]) {
    deltas.seek(k);
    assert.deepEqual(deltas.now, states[k]);
  }

  // Writes: each one that is found is one, and none is passed over.
  const record = new Recorded(data);
  record.go(data.from);
  const cell = record.field(record.struct("m0"), "curg");
  const forwards = [];
  for (let k; (k = record.deltas.nextWrite(cell)) >= 0; record.go(data.from + k)) forwards.push(k);
  const backwards = [record.deltas.position];
  for (let k; (k = record.deltas.lastWrite(cell)) >= 0; record.go(data.from + k)) backwards.push(k);
  assert.ok(forwards.length > 3);
  assert.deepEqual(backwards.reverse(), forwards);

  // Places, and their visits counted from the start of the run in a part of it too.
  const third = record.find("runtime.gogo+0x23#3");
  assert.ok(third > 0);
  assert.equal(record.find(String(third)), third);
  assert.equal(record.find("runtime.gogo+0x23#99"), -1);
  assert.equal(record.find("runtime.gogo+0x1"), -1);
  assert.equal(record.find("no.such#1"), -1);
  const second = record.find("runtime.gogo+0x23#2");
  const part = new Recorded(page("--from", String(second + 1)));
  assert.equal(part.find("runtime.gogo+0x23#3"), third);
  assert.equal(part.find("runtime.gogo+0x23#2"), -1, "it is before the part");

  // Moves by lines, events and handoffs lead there and back again.
  record.go(data.from);
  for (const move of ["line", "event", "handoff"]) {
    const on = [data.from];
    while (!record.atEnd) {
      record.go(record[move](1));
      on.push(record.state);
    }
    const back = [record.state];
    while (!record.atStart) {
      record.go(record[move](-1));
      back.push(record.state);
    }
    assert.deepEqual(back.reverse(), on, move);
  }
  console.log(`${data.to} states there and back`);
} finally {
  rmSync(folder, { recursive: true });
}
