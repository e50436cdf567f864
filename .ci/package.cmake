# What is installed and where, the Debian package, and the source tarball:
#
#   cmake --install build/release --prefix ~/.local
#   cpack --config build/release/CPackConfig.cmake         gogoscope_VERSION-1_amd64.deb
#   cpack --config build/release/CPackSourceConfig.cmake   gogoscope-VERSION.tar.gz
include(GNUInstallDirs)
find_program(GZIP gzip REQUIRED)

# What the program says of itself is written by it. -n: no time of day in the file.
set(written ${CMAKE_BINARY_DIR}/written)
set(deb_version 1)
# Whoever hands a package on says so here. The project itself has no address that someone reads; one below .invalid
# is sure to be no one's.
set(GOGOSCOPE_MAINTAINER "The gogoscope authors <noreply@gogoscope.invalid>"
    CACHE STRING "Maintainer of the Debian package: Name <address>")
file(READ ${PROJECT_SOURCE_DIR}/docs/changelog.md changes)
string(REGEX MATCH "## ${PROJECT_VERSION}, ([^\n]+)" heading "${changes}")
if(NOT heading)
  message(FATAL_ERROR "docs/changelog.md says nothing of version ${PROJECT_VERSION}")
endif()
set(release_date "${CMAKE_MATCH_1}")
configure_file(${PROJECT_SOURCE_DIR}/.ci/debian/changelog.in ${written}/changelog.Debian @ONLY)
add_custom_command(
  OUTPUT ${written}/gogoscope.1.gz ${written}/completion.bash ${written}/_gogoscope ${written}/gogoscope.fish
         ${written}/scenario.schema.json ${written}/results.schema.json ${written}/answers.schema.json
         ${written}/trace.schema.json ${written}/changelog.gz ${written}/changelog.Debian.gz
  COMMAND gogoscope completion man > ${written}/gogoscope.1
  COMMAND ${GZIP} -9nf ${written}/gogoscope.1
  COMMAND gogoscope completion bash > ${written}/completion.bash
  COMMAND gogoscope completion zsh > ${written}/_gogoscope
  COMMAND gogoscope completion fish > ${written}/gogoscope.fish
  COMMAND gogoscope schema scenario --lang en > ${written}/scenario.schema.json
  COMMAND gogoscope schema results > ${written}/results.schema.json
  COMMAND gogoscope schema answers --lang en > ${written}/answers.schema.json
  COMMAND gogoscope schema trace > ${written}/trace.schema.json
  COMMAND ${GZIP} -9nc ${PROJECT_SOURCE_DIR}/docs/changelog.md > ${written}/changelog.gz
  COMMAND ${GZIP} -9nc ${written}/changelog.Debian > ${written}/changelog.Debian.gz
  DEPENDS gogoscope ${PROJECT_SOURCE_DIR}/docs/changelog.md ${written}/changelog.Debian
  VERBATIM)
add_custom_target(package_files ALL DEPENDS ${written}/gogoscope.1.gz)

install(TARGETS gogoscope RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${written}/gogoscope.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${written}/completion.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME gogoscope)
install(FILES ${written}/_gogoscope DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${written}/gogoscope.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# emu/, asm/ and ui/ are in the program; of scenarios/ what people read and run. The program finds the folder beside
# its own, see scenarios/format/shipped.h.
set(scenarios ${CMAKE_INSTALL_DATADIR}/gogoscope/scenarios)
file(GLOB shipped CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/scenarios/*.yaml ${PROJECT_SOURCE_DIR}/scenarios/*.s)
install(FILES ${shipped} DESTINATION ${scenarios})
foreach(folder explore lessons mutants)
  install(DIRECTORY scenarios/${folder} DESTINATION ${scenarios} FILES_MATCHING PATTERN "*.yaml" PATTERN "*.s")
endforeach()
install(FILES ${written}/scenario.schema.json ${written}/results.schema.json ${written}/answers.schema.json
              ${written}/trace.schema.json
        DESTINATION ${CMAKE_INSTALL_DATADIR}/gogoscope/schemas)

install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md" PATTERN "*.png"
        PATTERN changelog.md EXCLUDE)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES .ci/debian/copyright ${written}/changelog.gz ${written}/changelog.Debian.gz
        DESTINATION ${CMAKE_INSTALL_DOCDIR})

if(GOGOSCOPE_WINDOW)
  install(FILES ui/desktop/gogoscope.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES ui/desktop/gogoscope.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)
  set(icons ${CMAKE_INSTALL_DATADIR}/icons/hicolor)
  install(FILES ui/desktop/gogoscope.svg DESTINATION ${icons}/scalable/apps)
  file(GLOB sizes RELATIVE ${PROJECT_SOURCE_DIR}/ui/desktop/icons ${PROJECT_SOURCE_DIR}/ui/desktop/icons/*.png)
  foreach(file IN LISTS sizes)
    get_filename_component(size ${file} NAME_WE)
    install(FILES ui/desktop/icons/${file} DESTINATION ${icons}/${size}x${size}/apps RENAME gogoscope.png)
  endforeach()
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gogoscope)
set(CPACK_PACKAGE_VENDOR "The gogoscope authors")
set(CPACK_PACKAGE_CONTACT "${GOGOSCOPE_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "step through the handoff of Go's scheduler, both ways")
set(CPACK_PACKAGE_DESCRIPTION "\
An emulator for teaching: the machine code of gogo, goexit and mcall runs,
the Go functions around it are modelled line by line, and the structs of the
scheduler are in memory as in Go 1.16. Each step shows what it changed and
why, forwards and backwards, in a window or in the terminal, in English and
Chinese. Scenarios are text files that are lesson, exercise and test at once.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${deb_version})
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Debian's window needs its fonts, and what GLFW and EGL open while they run.
if(GOGOSCOPE_WINDOW)
  set(CPACK_DEBIAN_PACKAGE_DEPENDS
      "fonts-inter, fonts-jetbrains-mono, fonts-wqy-microhei, libegl1, libgl1, libgl1-mesa-dri, libxcursor1, libxi6, libxinerama1, libxrandr2")
endif()
set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME gogoscope-${PROJECT_VERSION})
set(CPACK_SOURCE_IGNORE_FILES "/build/" "/\\\\.git")
include(CPack)
