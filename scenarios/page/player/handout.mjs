// A lesson on paper: its stops, one a section, with room for answers. What is right is not printed.
import { element } from "./dom.mjs";
import { letter } from "./questions.mjs";
import { filled } from "./words.mjs";

function printedQuestion(page, question) {
  const { w, record } = page;
  const parts = [element("p.asked", {}, record.both(question.text))];
  if (question.choices) {
    const mark = question.kind === "order" ? "___" : "☐";
    parts.push(element("ol.choices", {}, ...question.choices.map((choice, i) =>
      element("li", {}, `${mark} ${letter(i)}) ${record.both(choice.text)}`))));
    parts.push(element("p.hint", {}, w(`paper_${question.kind}`)));
  } else {
    parts.push(element("p.line"));
  }
  parts.push(element("p.hint", {}, w("paper_why")), element("p.line"), element("p.line"));
  return element("div.question", {}, ...parts);
}

export function handout(page, lesson) {
  const { w, record } = page;
  const stops = lesson.stops.map((stop, i) => {
    const values = stop.look.filter((look) => look.length > 1);
    return element("section", {},
      element("h2", {}, filled(w("stopOf"), { i: String(i + 1), n: String(lesson.stops.length) }), " ",
        element("code", {}, stop.id), ` · ${w("state")} ${stop.state}`),
      ...(stop.title ? [element("h3.stop-title", {}, record.both(stop.title))] : []),
      element("p.say", {}, record.both(stop.say)),
      element("dl.values-at-stop", {}, ...values.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)))),
      ...stop.ask.map((question) => printedQuestion(page, question)),
      ...(stop.try ? [element("p.try", {}, `${w("try")} ${record.both(stop.try)}`)] : []));
  });
  return [element("h1", {}, record.both(record.data.title)), element("p.who", {}, w("paper_name")),
    element("p.goal", {}, record.both(lesson.goal)), ...stops];
}
