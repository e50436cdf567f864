// Searches in processes of their own, one for each shard.
#pragma once

#include <functional>
#include <variant>
#include <vector>

#include "asm/text/message.h"
#include "emu/explore/explorer.h"

namespace gogoscope {

/// Lets `search` explore every shard of so many, each in a child of this process, and joins what they have
/// found. What a search counts is the same for any number of them, but for the orders followed. With one,
/// nothing is forked. An error if a child ends before its time: memory is used up, or a signal has ended it.
std::variant<Explored, Message> explore_in_shards(unsigned shards,
                                                  const std::function<Explored(Shard)>& search);

}  // namespace gogoscope
