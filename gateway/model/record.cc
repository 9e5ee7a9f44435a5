#include "gateway/model/record.h"

namespace tocsin::model {

std::string short_head(std::string_view head) {
  constexpr std::size_t kShown = 12, kGroup = 4;
  std::string shown;
  for (std::size_t i = 0; i < kShown && i < head.size(); ++i) {
    if (i > 0 && i % kGroup == 0) shown += ' ';
    shown += head[i];
  }
  return shown;
}

}  // namespace tocsin::model
