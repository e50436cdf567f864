#include "scenarios/verbs/answers.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <sstream>

#include "asm/text/input_file.h"
#include "asm/text/printable.h"
#include "scenarios/lesson/json.h"

namespace gogoscope {
namespace {

constexpr std::size_t kMaxLine = 4096;  ///< bytes of an answer

Message no_answers(const std::string& path, const Message& why) {
  return {{"{path} cannot be read as answers: {why}", "{path} 不能作为回答读取：{why}"},
          {{"path", path}, {"why", why}}};
}

}  // namespace

std::string GivenText::text() const {
  if (!parts) return line;
  std::string out;
  for (const std::string& part : *parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

std::variant<Answers, Message> Answers::open(const std::string& path, const StopSignals& signals) {
  Answers out;
  out.path_ = path;
  out.signals_ = &signals;
  out.from_stdin_ = path.empty();
  if (out.from_stdin_) return out;
  const auto text = read_input(path, kMaxAnswerBytes);
  if (const auto* const why = std::get_if<Message>(&text)) return no_answers(path, *why);
  const std::string& all = std::get<std::string>(text);
  if (all.size() > kMaxAnswerBytes) return no_answers(path, {{"it is larger than 1 MB", "它超过 1 MB"}});
  if (const std::size_t start = all.find_first_not_of(" \t\r\n");
      start != std::string::npos && all[start] == '{') {
    auto kept = progress_from_json(all);
    if (const auto* const why = std::get_if<Message>(&kept)) return no_answers(path, *why);
    out.kept_ = std::move(std::get<Progress>(kept));
    return out;
  }
  std::istringstream lines(all);
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    const std::string_view bare =
        trimmed(line.ends_with('\r') ? std::string_view(line).substr(0, line.size() - 1) : line);
    if (!bare.empty() && bare.front() != '#') out.lines_.push_back({std::string(bare), number});
  }
  return out;
}

bool Answers::typed() const { return from_stdin_ && isatty(STDIN_FILENO) != 0; }

/// Waits for a line and for a signal, whichever comes first.
std::optional<GivenText> Answers::typed_line() {
  for (;;) {
    if (const std::size_t end = read_.find('\n'); end != std::string::npos || read_.size() > kMaxLine) {
      GivenText out{read_.substr(0, std::min(end, kMaxLine))};
      read_.erase(0, end == std::string::npos ? read_.size() : end + 1);
      if (out.line.ends_with('\r')) out.line.pop_back();
      return out;
    }
    pollfd waits[] = {{STDIN_FILENO, POLLIN, 0}, {signals_->fd(), POLLIN, 0}};
    if (poll(waits, signals_->fd() >= 0 ? 2 : 1, -1) < 0 && errno != EINTR) return std::nullopt;
    if (signals_->came()) return std::nullopt;
    if (waits[0].revents == 0) continue;
    char buffer[kMaxLine];
    const ssize_t n = read(STDIN_FILENO, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      if (read_.empty()) return std::nullopt;
      return GivenText{std::exchange(read_, {})};
    }
    read_.append(buffer, static_cast<std::size_t>(n));
  }
}

std::optional<GivenText> Answers::next(const LessonStop& stop, const Question& question) {
  if (from_stdin_) return typed_line();
  if (kept_) {
    const KeptAnswer* const answer = answer_to(*kept_, stop.id, question.id);
    if (answer == nullptr) return GivenText{"", std::nullopt, path_, true};
    return GivenText{"", answer->given, path_};
  }
  if (at_ == lines_.size()) return std::nullopt;
  const Line& line = lines_[at_++];
  return GivenText{line.text, std::nullopt, fmt::format("{}:{}", path_, line.number)};
}

std::vector<Message> Answers::unknown(const Lesson& lesson) const {
  std::vector<Message> out;
  if (!kept_) return out;
  for (const KeptAnswer& one : kept_->answers) {
    const LessonStop* const stop = find_stop(lesson, one.stop);
    if (stop != nullptr && find_question(*stop, one.question) != nullptr) continue;
    out.push_back({{"{path} answers a question that this lesson does not ask: {question} at {stop}",
                    "{path} 回答了这门课没有问的问题：{stop} 处的 {question}"},
                   {{"path", path_}, {"question", in_quotes(one.question)}, {"stop", in_quotes(one.stop)}}});
  }
  return out;
}

}  // namespace gogoscope
