// A message for a provider that takes registered templates alone: which registration carries it, with which values.
//
// Values are made of the fields that the text was composed from, never of the text.  A value template holds {{field}}s
// and sections, as the plan's templates do (mustache): {{#field}}...{{/field}} stands when the field is not empty,
// {{^field}}...{{/field}} when it is.  Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/sms/http/provider.h"
#include "gateway/base/result.h"
#include "gateway/model/message_text.h"

namespace tocsin::sms::http {

// What a value template comes to, the fields put in as they are.
[[nodiscard]] std::string filled(std::string_view value, const Values& fields);
// Why it is no value template; empty: it is one.
[[nodiscard]] std::string fault_of(std::string_view value);

// The registration of that template for drills, or for what is real, in that language, or in another of its kind ("zh"
// for "zh-CN"); null: there is none.
[[nodiscard]] const Registration* registration_for(const Provider& provider, std::string_view template_name,
                                                   std::string_view language, bool drill);

// The registered text with the value templates where its placeholders stand: what the reader will read, as a template.
[[nodiscard]] std::string as_template(const Provider& provider, const Registration& registration);

struct Chosen {
  std::string id;
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string text;  // what the reader will read, without the provider's signature
};
// kNotFound: no registration; kInvalid: a value is longer than registered and may not be cut.  `page`: {{link}}.  The
// words hold neither text nor number.
[[nodiscard]] base::Result<Chosen> choose(const Provider& provider, const model::Wording& made_of,
                                          const std::string& page);

}  // namespace tocsin::sms::http
