# Writes the listings into a C++ source: cmake -DOUTPUT=... -DLISTINGS="a.s|b.s" -P embed_listings.cmake
# A text longer than a compiler's limit for one literal would need more than one; listings are short.
string(REPLACE "|" ";" LISTINGS "${LISTINGS}")
set(body "// Made by embed_listings.cmake from asm/runtime.\n#include \"asm/listings.h\"\n\nnamespace plan9 {\n\n")
string(APPEND body "const std::vector<Source>& listings() {\n  static const std::vector<Source> all = {\n")
foreach(path IN LISTS LISTINGS)
  get_filename_component(name "${path}" NAME)
  file(READ "${path}" text)
  string(APPEND body "      {\"${name}\", R\"listing(${text})listing\"},\n")
endforeach()
string(APPEND body "  };\n  return all;\n}\n\n}  // namespace plan9\n")
file(WRITE "${OUTPUT}" "${body}")
