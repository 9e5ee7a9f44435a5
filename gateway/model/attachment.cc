#include "gateway/model/attachment.h"

namespace tocsin::model {

std::string_view name_of(MediaType type) {
  return type == MediaType::kPng ? "image/png" : "image/jpeg";
}

}  // namespace tocsin::model
