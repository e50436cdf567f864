// The pictures that the documents show are those of docs/pictures/list, all of them and no others.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "tests/docs/markdown.h"
#include "tests/tree/source_tree.h"

namespace gogoscope::docs {
namespace {

const std::string kFolder = "docs/pictures/";

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool may_show_pictures(const std::string& path) {
  return path == "README.md" ||
         (path.rfind("docs/", 0) == 0 && path.find('/', 5) == std::string::npos && ends_with(path, ".md"));
}

/// Names of the pictures that the documents link to: "stack-switch" for docs/pictures/stack-switch.png.
std::set<std::string> shown(const tree::SourceTree& tree) {
  std::set<std::string> names;
  for (const auto& [path, text] : tree) {
    if (!may_show_pictures(path)) continue;
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    for (const std::string& target : links(text)) {
      const std::string file = folder + target;
      if (file.rfind(kFolder, 0) != 0 || !ends_with(file, ".png")) continue;
      names.insert(file.substr(kFolder.size(), file.size() - kFolder.size() - 4));
    }
  }
  return names;
}

/// The names of the list.
std::set<std::string> listed(const std::string& list) {
  std::set<std::string> names;
  std::istringstream lines(list);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name;
    if (words >> name && name[0] != '#') names.insert(name);
  }
  return names;
}

std::string the_list() {
  std::ostringstream text;
  text << std::ifstream(GOGOSCOPE_SOURCE "/docs/pictures/list", std::ios::binary).rdbuf();
  return text.str();
}

TEST(DocumentPictures, every_picture_shown_is_in_the_list_and_the_other_way_round) {
  const tree::SourceTree tree = tree::read_tree(GOGOSCOPE_SOURCE);
  EXPECT_EQ(shown(tree), listed(the_list()));
}

TEST(DocumentPictures, every_picture_of_the_list_has_been_made_and_no_other_is_there) {
  const tree::SourceTree tree = tree::read_tree(GOGOSCOPE_SOURCE);
  std::set<std::string> made;
  for (const auto& [path, text] : tree) {
    if (path.rfind(kFolder, 0) == 0 && ends_with(path, ".png"))
      made.insert(path.substr(kFolder.size(), path.size() - kFolder.size() - 4));
  }
  EXPECT_EQ(made, listed(the_list())) << "run the build target `pictures`";
}

TEST(DocumentPictures, a_picture_is_found_wherever_the_document_lies) {
  const tree::SourceTree tree = {{"README.md", "![a](docs/pictures/a.png) [x](other.png)"},
                                 {"docs/tour.md", "![b](pictures/b.png)"},
                                 {"docs/deep/tour.md", "![c](../pictures/c.png)"}};
  EXPECT_EQ(shown(tree), (std::set<std::string>{"a", "b"}));
}

TEST(DocumentPictures, comments_of_the_list_are_not_pictures) {
  EXPECT_EQ(listed("# a list\n\nswitch x.yaml --at runtime.gogo#2\n"), std::set<std::string>{"switch"});
}

}  // namespace
}  // namespace gogoscope::docs
