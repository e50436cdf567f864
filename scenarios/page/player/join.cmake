# cmake -DFOLDER=player -DOUT=folder "-DMODULES=a.mjs;b.mjs" -P join.cmake
#
# Joins the player's modules into one script: each goes before those that import it, their import lines and the word
# export are dropped, so all top-level names must differ. So are indentation and lines that are comments alone: a page
# is to be small. No text of more than one line may therefore be in a module. Writes script.js, style.css, and the
# SHA-256 of each.
set(script "")
foreach(module IN LISTS MODULES)
  file(READ "${FOLDER}/${module}" text)
  string(REGEX REPLACE "(^|\n)import [^\n]*" "\\1" text "${text}")
  string(REGEX REPLACE "(^|\n)export " "\\1" text "${text}")
  string(APPEND script "${text}")
endforeach()
string(REGEX REPLACE "(^|\n)([ ]*//[^\n]*\n)+" "\\1" script "${script}")
string(REGEX REPLACE "\n[ ]*/[*][*]([^*]|[*][^/])*[*]/" "" script "${script}")
string(REGEX REPLACE "\n[ \n]+" "\n" script "${script}")
file(WRITE "${OUT}/script.js" "${script}")
file(READ "${FOLDER}/page.css" style)
string(REGEX REPLACE "\n[ \n]+" "\n" style "${style}")
file(WRITE "${OUT}/style.css" "${style}")
foreach(name script.js style.css)
  file(SHA256 "${OUT}/${name}" hash)
  file(WRITE "${OUT}/${name}.sha256" "${hash}")
endforeach()
