// Answers judged: what was chosen or typed is compared with what the page says is right. What a word comes to is looked up.

const kMostTerms = 32;
const kDeepest = 8;

/** A number as it is written: 12, 0x1f, 1_000; undefined if it does not fit into 64 bits. */
function numberOf(digits) {
  const number = BigInt(digits.replaceAll("_", "").replace(/^0+(?=\d)/, ""));
  return number < 2n ** 64n ? number : undefined;
}

/** What a typed sum comes to, "rsp - 8" or "[rsp + 16]", as 64 bits; undefined if it has no value, as in the terminal.
    `lookup` answers what a word comes to, `lookup.memory` the 8 bytes at an address, `lookup.alone` what a word comes to
    that is the whole answer: a BigInt or undefined. */
export function typedValue(text, lookup) {
  const whole = text.trim();
  let at = 0;
  const space = () => {
    while (/\s/.test(whole[at] ?? "")) ++at;
  };
  const term = (depth) => {
    space();
    if (whole[at] === "[") {
      ++at;
      const address = depth < kDeepest ? sum(depth + 1) : undefined;
      if (address === undefined || whole[at++] !== "]") return undefined;
      return lookup.memory?.(address);
    }
    const word = /(?:0[xX][\da-fA-F_]*[\da-fA-F]_*|\d[\d_]*)(?!\w)|[a-zA-Z_](?:[\w./·∕]|\[\d+\])*/y;
    word.lastIndex = at;
    const [found] = word.exec(whole) ?? [];
    if (found === undefined) return undefined;
    at = word.lastIndex;
    return /^\d/.test(found) ? numberOf(found) : lookup(found.replaceAll("·", ".").replaceAll("∕", "/"));
  };
  const sum = (depth) => {
    space();
    let total = 0n;
    let negative = whole[at] === "-";
    if (negative) ++at;
    for (let left = kMostTerms; left > 0; --left) {
      const value = term(depth);
      if (value === undefined) return undefined;
      total += negative ? -value : value;
      space();
      if (whole[at] !== "+" && whole[at] !== "-") return BigInt.asUintN(64, total);
      negative = whole[at++] === "-";
    }
    return undefined;
  };
  const alone = lookup.alone?.(whole);
  if (alone !== undefined) return alone;
  const value = sum(0);
  return at === whole.length ? value : undefined;
}

/** {given, right}; undefined where it is no answer, which is no attempt. `given`: ids of choices, or the one text that was
    typed. */
export function judged(question, given, lookup) {
  if (question.kind === "value") {
    const value = given.length === 1 ? typedValue(given[0], lookup) : undefined;
    return value === undefined ? undefined : { given, right: value === BigInt(question.value) };
  }
  const chosen = given.map((id) => question.choices.findIndex((choice) => choice.id === id));
  if (chosen.includes(-1)) return undefined;
  if (question.kind === "which" && chosen.length !== 1) return undefined;
  if (question.kind === "order" && new Set(chosen).size !== question.choices.length) return undefined;
  if (question.kind === "changes") chosen.sort((a, b) => a - b);
  return { given: chosen.map((i) => question.choices[i].id), right: chosen.join() === question.truth.join() };
}

/** Answers of one lesson, and what follows from them. An answer that has been given stays. */
export class Answers {
  constructor(lesson) {
    this.lesson = lesson;
    this.all = new Map();
  }
  of(stop, question) {
    return this.all.get(`${stop.id}\n${question.id}`);
  }
  /** False where there is an answer already. */
  keep(stop, question, answer) {
    if (this.of(stop, question)) return false;
    this.all.set(`${stop.id}\n${question.id}`, answer);
    return true;
  }
  isOpen(stop) {
    return stop.ask.some((question) => !this.of(stop, question));
  }
  /** The last state that may be shown; undefined where no question is open. */
  horizon() {
    return this.lesson.stops.find((stop) => this.isOpen(stop))?.state;
  }
  score() {
    const answers = this.lesson.stops.flatMap((stop) => stop.ask.map((question) => this.of(stop, question)));
    return { right: answers.filter((a) => a?.right).length, answered: answers.filter(Boolean).length, of: answers.length };
  }
  /** As `gogoscope lesson --answers` reads it. */
  text() {
    const answers = this.lesson.stops.flatMap((stop) =>
      stop.ask.map((q) => ({ stop: stop.id, question: q.id, given: this.of(stop, q)?.given })).filter((one) => one.given));
    return JSON.stringify({ version: 1, lesson: this.lesson.name, answers });
  }
  /** Takes what text() wrote, judged anew: the lesson may have been edited since. */
  read(text, lookupAt) {
    let kept;
    try {
      kept = JSON.parse(text).answers;
    } catch {
      return;
    }
    if (!Array.isArray(kept)) return;
    for (const { stop: id, question: asked, given } of kept) {
      const stop = this.lesson.stops.find((s) => s.id === id);
      const question = stop?.ask.find((q) => q.id === asked);
      if (!question || !Array.isArray(given)) continue;
      const answer = judged(question, given.map(String), lookupAt(stop, question));
      if (answer) this.keep(stop, question, answer);
    }
  }
}
