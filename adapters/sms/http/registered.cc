#include "adapters/sms/http/registered.h"

#include <algorithm>
#include <optional>

#include "gateway/base/text.h"

namespace tocsin::sms::http {
namespace {

struct Tag {
  std::size_t begin = 0, end = 0;  // of {{...}}, in the text
  char sign = ' ';                 // '#', '^', '/', or ' ' for a field
  std::string_view name;
};

std::optional<Tag> tag_from(std::string_view text, std::size_t from) {
  const auto open = text.find("{{", from);
  const auto close = open == std::string_view::npos ? open : text.find("}}", open + 2);
  if (close == std::string_view::npos) return std::nullopt;
  Tag tag{open, close + 2, ' ', text.substr(open + 2, close - open - 2)};
  if (!tag.name.empty() && std::string_view("#^/").find(tag.name[0]) != std::string_view::npos) {
    tag.sign = tag.name[0];
    tag.name.remove_prefix(1);
  }
  return tag;
}

// The tag that closes a section which begins at `from`.
std::optional<Tag> closing(std::string_view text, std::size_t from, std::string_view name) {
  int depth = 1;
  for (auto tag = tag_from(text, from); tag; tag = tag_from(text, tag->end)) {
    if (tag->name != name || tag->sign == ' ') continue;
    depth += tag->sign == '/' ? -1 : 1;
    if (depth == 0) return tag;
  }
  return std::nullopt;
}

std::string_view first_subtag(std::string_view language) {
  return language.substr(0, language.find('-'));
}

}  // namespace

std::string filled(std::string_view value, const Values& fields) {
  std::string out;
  std::size_t from = 0;
  for (auto tag = tag_from(value, 0); tag; tag = tag_from(value, from)) {
    out += value.substr(from, tag->begin - from);
    from = tag->end;
    const auto field = fields.find(tag->name);
    const bool full = field != fields.end() && !field->second.empty();
    if (tag->sign == ' ') {
      if (full) out += field->second;
    } else if (const auto close = tag->sign == '/' ? std::nullopt : closing(value, from, tag->name)) {
      if (full == (tag->sign == '#')) out += filled(value.substr(from, close->begin - from), fields);
      from = close->end;
    }
  }
  return out.append(value.substr(from));
}

std::string fault_of(std::string_view value) {
  std::vector<std::string_view> open;
  std::size_t end = 0;
  for (auto tag = tag_from(value, 0); tag; tag = tag_from(value, end)) {
    end = tag->end;
    const bool is_name = !tag->name.empty() && std::all_of(tag->name.begin(), tag->name.end(),
                                                           [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
    if (!is_name) return "{{" + base::cut(tag->name, 40) + "}} is no field";
    if (tag->sign == '#' || tag->sign == '^') open.push_back(tag->name);
    if (tag->sign != '/') continue;
    if (open.empty() || open.back() != tag->name) return "{{/" + std::string(tag->name) + "}} closes nothing";
    open.pop_back();
  }
  if (value.find("{{", end) != std::string_view::npos) return "{{ without }}";
  return open.empty() ? "" : "{{#" + std::string(open.back()) + "}} is never closed";
}

const Registration* registration_for(const Provider& provider, std::string_view template_name,
                                     std::string_view language, bool drill) {
  const Registration* near = nullptr;
  for (const auto& one : provider.templates) {
    if (one.of != template_name || one.drill != drill) continue;
    if (one.language == language) return &one;
    if (near == nullptr && first_subtag(one.language) == first_subtag(language)) near = &one;
  }
  return near;
}

namespace {

std::string with_parameters(const Provider& provider, const Registration& registration,
                            const std::vector<std::pair<std::string, std::string>>& values) {
  std::string out;
  const std::string_view text = registration.text;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = std::find_if(values.begin(), values.end(), [&](const auto& value) {
      const auto placeholder = provider.placeholder_begin + value.first + provider.placeholder_end;
      return text.compare(at, placeholder.size(), placeholder) == 0;
    });
    if (found == values.end()) {
      out += text[at++];
    } else {
      out += found->second;
      at += provider.placeholder_begin.size() + found->first.size() + provider.placeholder_end.size();
    }
  }
  return out;
}

}  // namespace

std::string as_template(const Provider& provider, const Registration& registration) {
  std::vector<std::pair<std::string, std::string>> values;
  for (const auto& parameter : registration.parameters) values.emplace_back(parameter.name, parameter.value);
  return with_parameters(provider, registration, values);
}

base::Result<Chosen> choose(const Provider& provider, const model::Wording& made_of, const std::string& page) {
  const auto none = [](const std::string& why) { return base::Error{base::ErrorCode::kNotFound, why, ""}; };
  if (made_of.template_name.empty()) return none("no template is known of it");
  const bool drill = made_of.fields.count("drill") != 0;
  const auto* registration = registration_for(provider, made_of.template_name, made_of.language, drill);
  if (registration == nullptr) {
    return none("no template registered for " + made_of.template_name + "/" + made_of.language +
                (drill ? " in a drill" : ""));
  }
  Values fields = made_of.fields;
  if (!page.empty()) fields["link"] = page;
  Chosen chosen{registration->id, {}, {}};
  for (const auto& parameter : registration->parameters) {
    auto value = filled(parameter.value, fields);
    const auto longest = static_cast<std::size_t>(parameter.longest);
    if (longest > 0 && base::count_characters(value) > longest) {
      if (!parameter.cut) return base::invalid("parameter " + parameter.name + " is longer than registered");
      value = base::cut(value, longest);
    }
    chosen.parameters.emplace_back(parameter.name, value.empty() ? parameter.empty : value);
  }
  chosen.text = with_parameters(provider, *registration, chosen.parameters);
  return chosen;
}

}  // namespace tocsin::sms::http
