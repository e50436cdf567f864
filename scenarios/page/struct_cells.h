// The fields of every g, M, P and of sched, as cells. Private to this folder.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "scenarios/page/stage.h"

namespace gogoscope {

class StructCells {
 public:
  void follow(Stage& stage);
  /// {"types": {"g": [["goid", "int64"], ...]}, "all": [{"name", "kind", "label": cell, "fields": [[type,
  /// cell], ...]}]}. A field that is 0 in the whole run, and never stored to, has no cell.
  nlohmann::ordered_json json(const CellTable& cells, CellNumbers& numbers) const;
  /// The cell of a field of a struct, such as curg of m0; -1 if there is none.
  int cell(const std::string& struct_name, const std::string& field) const;

 private:
  /// A field, or an element of an array of words.
  struct Scalar {
    std::string name;  ///< "sched.sp", "tls[0]"
    std::string type;
    std::string field;  ///< of the layout
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
  };
  struct Type {
    std::string name;  ///< "g"
    std::vector<Scalar> scalars;
  };
  struct Struct {
    std::string name;
    Addr addr;
    Entity::Kind kind;
    int label = 0;  ///< cell: what it is called; nothing while it does not exist
    int first = 0;  ///< cell of the first scalar; the others follow
  };
  struct Part {
    std::size_t of;      ///< index of a Struct
    std::size_t scalar;  ///< index of its type
  };

  const Type& type(Stage& stage, Entity::Kind kind);
  std::size_t found(Stage& stage, const Entity& e);
  int shown(Stage& stage, const Struct& s, const Scalar& scalar) const;
  /// Whether the field is ever something else than 0, or stored to.
  bool has_news(const CellTable& cells, const Struct& s, std::size_t scalar) const;

  std::map<Entity::Kind, Type> types_;
  std::vector<Struct> structs_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::unordered_map<std::uint64_t, std::vector<Part>> by_word_;  ///< by address / 8
  int zero_ = 0, false_ = 0, nil_ = 0, zero_pointer_ = 0;         ///< values that are 0
};

}  // namespace gogoscope
