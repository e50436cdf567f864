#include "emu/history/trace_file.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <istream>
#include <iterator>
#include <ostream>

#include "emu/history/code_bytes.h"
#include "emu/history/delta.h"
#include "emu/history/executed.h"
#include "emu/history/release_bytes.h"
#include "emu/history/trace.h"

namespace gogoscope {

std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t h = 0xcbf29ce484222325;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return h;
}

namespace {

constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kMostImageBytes = std::uint64_t{15} << 28;  // offsets have 32 bits
constexpr std::uint64_t kMostTextBytes = std::uint64_t{1} << 24;    // Code takes four bytes for each

// ---- image ----

void write_image(ByteWriter& w, const Image& image) {
  static constexpr char kZero[kPage] = {};
  std::vector<std::pair<std::uint64_t, std::string_view>> used;
  image.for_each_page([&](std::uint32_t n, const std::byte* bytes) {
    if (std::memcmp(bytes, kZero, kPage) == 0) return;
    used.emplace_back(std::uint64_t{n} * kPage,
                      std::string_view(reinterpret_cast<const char*>(bytes), kPage));
  });
  w.number(image.thread());
  for (const std::uint64_t value : image.registers(image.thread())) w.number(value);
  w.number(used.size());
  for (const auto& [at, page] : used) {
    w.number(at);
    w.text(page);
  }
}

bool read_image(ByteReader& r, Image& image) {
  const std::uint64_t thread = r.number();
  if (thread >= kMaxThreads) return false;
  image.set_thread(static_cast<ThreadId>(thread));
  for (int i = 0; i < kRegCount; ++i) image.set_reg(image.thread(), static_cast<Reg>(i), r.number());
  for (std::uint64_t n = r.count(); n > 0; --n) {
    const std::uint64_t at = r.number();
    const std::string_view page = r.text();
    if (page.size() != kPage || at % kPage != 0 || at / kPage >= image.pages()) return false;
    image.write(static_cast<std::uint32_t>(at), std::as_bytes(std::span(page)));
  }
  return !r.failed();
}

// ---- deltas ----

/// A store into the files of SSE registers changes a word that there is.
bool sound_store(const AddressMap& map, std::uint32_t offset, unsigned size) {
  if (offset + size <= map.regions_end()) return true;
  return map.in_sse(offset) && size == 8 && offset % 8 == 0 && map.word_of_sse(offset) < SseFile::kWords;
}

/// Checks a chunk against its own rules before anything is applied: lengths, registers, offsets.
std::optional<std::uint64_t> count_steps(const std::uint8_t* begin, const std::uint8_t* end,
                                         const AddressMap& map) {
  std::uint64_t steps = 0;
  bool sound = true;
  for (const std::uint8_t* p = begin; p < end; ++steps) {
    const auto size = delta::checked_size(p, end, map.image_size());
    if (!size) return std::nullopt;
    delta::visit(
        p, [](unsigned, std::uint64_t) {},
        [&](std::uint32_t offset, unsigned bytes, std::uint64_t) {
          sound = sound && sound_store(map, offset, bytes);
        });
    p += *size;
  }
  return sound ? std::optional(steps) : std::nullopt;
}

}  // namespace

void Trace::save(std::ostream& out) const {
  if (!is_whole()) {
    std::fputs("gogoscope: internal error: a record that is not whole was to be saved\n", stderr);
    std::abort();
  }
  ByteWriter w;
  w.text(guest_->name);
  write_release(w, *guest_->release);
  w.number(guest_->step_budget);
  w.number(guest_->map.regions().size());
  for (const Region& region : guest_->map.regions()) {
    w.text(region.name);
    w.number(region.base.value());
    w.number(region.size);
    w.number((region.writable ? 1 : 0) | (region.executable ? 2 : 0));
  }
  const bool has_rows = !guest_->code.rows().empty();
  write_code(w, guest_->code, has_rows ? executed_sources(*this) : std::vector<bool>());
  write_image(w, *guest_->boot);
  w.number(steps_);
  w.number(chunks_.size());
  for (const Chunk& chunk : chunks_) w.text({reinterpret_cast<const char*>(chunk.bytes.get()), chunk.used});
  w.number(stops_.size());
  for (const auto& [step, stop] : stops_) {
    w.number(step);
    w.number(static_cast<std::uint64_t>(stop.reason));
    w.number(static_cast<std::uint64_t>(stop.exit_code));
    w.text(stop.detail.en);
    w.text(stop.detail.zh);
  }
  w.number(edits_.size());
  for (const std::uint64_t step : edits_) w.number(step);

  ByteWriter tail;
  tail.number(has_rows ? kTraceVersionWithInlined : uses_sse() ? kTraceVersionWithSse : kTraceVersion);
  tail.number(checksum(w.bytes()));
  out << kTraceMagic << tail.bytes() << w.bytes();
}

std::variant<std::unique_ptr<Trace>, Message> Trace::open(std::istream& in) {
  const std::string file{std::istreambuf_iterator<char>(in), {}};
  if (!std::string_view(file).starts_with(kTraceMagic)) {
    return Message({"this is not a gogoscope trace", "这不是 gogoscope 的轨迹文件"});
  }
  ByteReader head(std::string_view(file).substr(kTraceMagic.size()));
  const std::uint64_t version = head.number();
  const std::uint64_t sum = head.number();
  if (head.failed()) return Message({"the trace is cut off", "这份轨迹不完整，后面的部分缺失"});
  if (version < kTraceVersion || version > kTraceVersionWithInlined) {
    return Message({"the trace is of version {version}; this program reads versions {own} to {last}",
                    "这份轨迹的版本是 {version}，本程序只读版本 {own} 到 {last}"},
                   {{"version", version}, {"own", kTraceVersion}, {"last", kTraceVersionWithInlined}});
  }
  const std::string_view body = std::string_view(file).substr(kTraceMagic.size() + 16);
  if (checksum(body) != sum) {
    return Message({"the trace is damaged: its checksum is wrong", "这份轨迹已损坏：校验和不对"});
  }

  // From here on a file that does not add up was made to deceive; it gets one answer.
  const Message bad({"the trace contradicts itself", "这份轨迹自相矛盾"});
  ByteReader r(body);
  auto guest = std::make_shared<Guest>();
  guest->name = r.text();
  auto release = read_release(r);
  if (auto* const damage = std::get_if<Message>(&release)) return std::move(*damage);
  guest->release = std::get<0>(std::move(release));
  guest->step_budget = r.number();
  std::uint64_t total = 0;
  const std::uint64_t regions = r.count();
  if (regions > AddressMap::kMaxRegions) return bad;
  for (std::uint64_t n = regions; n > 0; --n) {
    const std::string name(r.text());
    const Addr base(r.number());
    const std::uint64_t size = r.number();
    const std::uint64_t rights = r.number();
    total += size;
    if (size % kPage != 0 || size > kMostImageBytes || total > kMostImageBytes) return bad;
    guest->map.add(name, base, size, (rights & 1) != 0, (rights & 2) != 0);
  }
  const Region* text = guest->map.find("text");
  if (!text || text->size > kMostTextBytes) return bad;
  const bool has_rows = version >= kTraceVersionWithRows;
  auto code = read_code(r, *text, has_rows, version == kTraceVersionWithInlined);
  if (!code) return bad;
  guest->code = std::move(*code);
  guest->boot = std::make_unique<Image>(guest->map);
  if (!read_image(r, *guest->boot)) return bad;

  auto trace = std::make_unique<Trace>(guest);
  const std::uint64_t steps = r.number();
  for (std::uint64_t n = r.count(); n > 0; --n) {
    const std::string_view records = r.text();
    if (records.size() > kMostImageBytes) return bad;
    if (records.empty()) continue;  // a reader goes from the end of one to a step in the next
    const Chunk& chunk = trace->chunks_.emplace_back(
        std::span(reinterpret_cast<const std::uint8_t*>(records.data()), records.size()));
    const auto counted = count_steps(chunk.bytes.get(), chunk.bytes.get() + chunk.used, guest->map);
    if (!counted) return bad;
    trace->steps_ += *counted;
  }
  if (trace->steps_ != steps) return bad;
  if (!has_rows && trace->uses_sse() != (version == kTraceVersionWithSse)) return bad;
  for (std::uint64_t n = r.count(); n > 0; --n) {
    const std::uint64_t step = r.number();
    const auto reason = static_cast<StopReason>(r.number() % 6);
    const auto exit_code = static_cast<int>(r.number());
    if (step >= steps) return bad;
    std::string english(r.text()), chinese(r.text());
    trace->stops_[step] = {reason, {std::move(english), std::move(chinese)}, exit_code};
  }
  for (std::uint64_t n = r.count(); n > 0; --n) trace->edits_.insert(r.number());
  if (r.failed() || !r.at_end()) return bad;
  return trace;
}

}  // namespace gogoscope
