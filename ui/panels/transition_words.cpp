#include "ui/panels/transition_words.h"

#include "ui/text.h"

namespace gogoscope {
namespace {

/// In the order in which they are looked for: what separates names comes last.
const Words kPhrases[] = {
    {"the garbage collector and stopTheWorld", "垃圾回收和 stopTheWorld"},
    {" for a while", "（暂时）"},
    {", continuing", "（恢复运行）"},
    {", after malg", "（在 malg 之后）"},
    {" when unlockf refuses", "（unlockf 拒绝时）"},
    {", with a P at hand", "（手上有 P）"},
    {", without a P", "（没有 P）"},
    {", of goexit0 and coroexit", "（由 goexit0、coroexit 调用）"},
    {", of newcoro", "（由 newcoro 调用）"},
    {"; ", "；"},
    {", ", "、"},
};

}  // namespace

std::string transition_words(std::string_view who, Language language) {
  std::string out(who);
  if (language != Language::zh) return out;
  for (const Words& phrase : kPhrases) {
    const std::string_view en = phrase.in(Language::en), zh = phrase.in(Language::zh);
    for (std::size_t at = out.find(en); at != std::string::npos; at = out.find(en, at + zh.size()))
      out.replace(at, en.size(), zh);
  }
  return out;
}

}  // namespace gogoscope
