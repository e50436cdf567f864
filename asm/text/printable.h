// What of a text may be shown, and how wide it is in a terminal.
#pragma once

#include <string>
#include <string_view>

namespace gogoscope {

/// Characters that must reach neither a terminal nor a document: controls, invisible characters, line
/// separators and the marks that turn the writing direction. A tab may.
bool is_control(char32_t rune);

/// `text` with controls and stray bytes replaced by U+FFFD. Tabs stay.
std::string printable(std::string_view text);

/// The same with its line breaks kept, as in a report.
std::string printable_lines(std::string_view text);

/// The same on one line, with " / " where a line ended.
std::string on_one_line(std::string_view text);

/// `printable` with a space for each tab: fit for a column of a table.
std::string column_text(std::string_view text);

/// `text` fit for a message: printable and not longer than a few words.
std::string shortened(std::string_view text);

/// The same in the quotes that all messages use.
std::string in_quotes(std::string_view text);

/// `text` as Go would write a string constant: "hello\n", stray bytes as \xff, the first `most` bytes.
std::string escaped(std::string_view text, std::size_t most = 200);

/// Columns of a terminal that a character takes: 2 for Chinese, Japanese, Korean and full-width forms.
int columns(char32_t rune);
int columns(std::string_view text);

/// `text` without spaces and tabs at its ends.
std::string_view trimmed(std::string_view text);

}  // namespace gogoscope
