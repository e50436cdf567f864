# cmake -DOUT=builtin.cpp -DFILES="name=path;name=path" -DHEADER=told/builtin.h -DNAMESPACE=builtin -P embed.cmake
#
# Writes a C++ file with a function for every file. Bytes, since compilers bound the length of a string literal.
set(text "// Made by embed.cmake.\n#include \"${HEADER}\"\n\nnamespace gogoscope::${NAMESPACE} {\nnamespace {\n")
set(functions "")
foreach(pair IN LISTS FILES)
  string(FIND "${pair}" "=" at)
  string(SUBSTRING "${pair}" 0 ${at} name)
  math(EXPR at "${at} + 1")
  string(SUBSTRING "${pair}" ${at} -1 path)
  file(READ "${path}" hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "((0x..,){32})" "\\1\n    " bytes "${bytes}")
  string(APPEND text "const unsigned char ${name}_bytes[] = {\n    ${bytes}\n};\n")
  string(APPEND functions
    "std::string_view ${name}() { return {reinterpret_cast<const char*>(${name}_bytes), sizeof(${name}_bytes)}; }\n")
endforeach()
string(APPEND text "}  // namespace\n\n${functions}\n}  // namespace gogoscope::${NAMESPACE}\n")
file(WRITE "${OUT}" "${text}")
