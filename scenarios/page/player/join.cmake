# cmake -DFOLDER=player -DOUT=folder "-DMODULES=a.mjs;b.mjs" -P join.cmake
#
# Joins the player's modules into one script: each goes before those that import it, their import lines and the word
# export are dropped, so all top-level names must differ. Writes script.js, style.css, and the SHA-256 of each.
set(script "")
foreach(module IN LISTS MODULES)
  file(READ "${FOLDER}/${module}" text)
  string(REGEX REPLACE "(^|\n)import [^\n]*" "\\1" text "${text}")
  string(REGEX REPLACE "(^|\n)export " "\\1" text "${text}")
  string(APPEND script "${text}")
endforeach()
file(WRITE "${OUT}/script.js" "${script}")
file(READ "${FOLDER}/page.css" style)
file(WRITE "${OUT}/style.css" "${style}")
foreach(name script.js style.css)
  file(SHA256 "${OUT}/${name}" hash)
  file(WRITE "${OUT}/${name}.sha256" "${hash}")
endforeach()
