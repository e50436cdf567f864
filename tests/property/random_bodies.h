// The tasks of a random scenario, as its section `bodies` has them. A function starts and calls only those
// after it, and loops are counted: each program ends, or waits.
#pragma once

#include <string>

#include "tests/property/dice.h"

namespace gogoscope {

std::string random_bodies(Dice& dice);

}  // namespace gogoscope
