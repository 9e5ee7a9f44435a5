#include <toml++/toml.h>

#include <algorithm>

#include "adapters/sms/http/provider.h"
#include "adapters/sms/http/registered.h"
#include "gateway/base/text.h"

namespace tocsin::sms::http {
namespace {

constexpr std::size_t kMaxBytes = 64 * 1024;
constexpr std::size_t kMostEntries = 64;

// Where a template goes decides what it may name.
enum class Kind { kPlain, kUrl, kTemplate, kSigned, kKey, kSignature, kFields };

std::vector<std::string> allowed(Kind kind) {
  std::vector<std::string> out;
  if (kind == Kind::kPlain) return out;
  for (const auto& name : names()) {
    const bool late = name == "parameters" || name == "parameters_encoded" || name == "body_sha256";
    if (name == "secret" && kind != Kind::kKey) continue;
    if (name == "signature" && kind != Kind::kSignature) continue;
    if (name == "request_sha256" && kind != Kind::kSigned) continue;
    if (late && kind != Kind::kSigned && kind != Kind::kSignature) continue;
    if (kind == Kind::kUrl && (name == "text" || name == "nonce" || name.compare(0, 7, "params_") == 0)) continue;
    out.push_back(name);
  }
  return out;
}

class Reader {
 public:
  Reader(std::string file, base::Diagnostics& findings) : file_(std::move(file)), findings_(findings) {}

  void find(const toml::source_region& where, std::string code, std::string message, std::string hint = {}) {
    findings_.push_back({base::Severity::kError, std::move(code), file_, static_cast<int>(where.begin.line),
                         static_cast<int>(where.begin.column), std::move(message), std::move(hint)});
  }

  // The table under `name` with every key in `known`, or null.
  const toml::table* section(const toml::table& root, const char* name, const std::vector<std::string>& known) {
    const toml::node* node = root.get(name);
    if (node == nullptr) return nullptr;
    const toml::table* table = node->as_table();
    if (table == nullptr) {
      find(node->source(), "wrong-type", std::string(name) + ": expected a table");
      return nullptr;
    }
    check_keys(*table, known, std::string(name) + ".");
    return table;
  }
  void check_keys(const toml::table& table, const std::vector<std::string>& known, const std::string& prefix) {
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const auto near = base::nearest_name(name, known);
      find(key.source(), "unknown-key", "unknown key \"" + prefix + name + "\"",
           near.empty() ? "" : "did you mean \"" + near + "\"?");
    }
  }

  void text(const toml::table* table, const char* key, std::string& into, Kind kind = Kind::kPlain) {
    const toml::node* node = table == nullptr ? nullptr : table->get(key);
    if (node != nullptr) into = text_of(*node, key, kind).value_or(into);
  }
  void texts(const toml::table* table, const char* key, std::vector<std::string>& into, Kind kind = Kind::kPlain) {
    const toml::node* node = table == nullptr ? nullptr : table->get(key);
    if (node == nullptr) return;
    const toml::array* list = node->as_array();
    if (list == nullptr || list->size() > kMostEntries) {
      return find(node->source(), "wrong-type", std::string(key) + ": expected a list of at most 64 texts");
    }
    for (const toml::node& element : *list) {
      if (auto value = text_of(element, key, kind)) into.push_back(std::move(*value));
    }
  }
  void map(const toml::table* table, const char* key, std::map<std::string, std::string>& into) {
    const toml::node* node = table == nullptr ? nullptr : table->get(key);
    if (node == nullptr) return;
    const toml::table* pairs = node->as_table();
    if (pairs == nullptr || pairs->size() > kMostEntries) {
      return find(node->source(), "wrong-type", std::string(key) + ": expected a table of at most 64 texts");
    }
    for (const auto& [name, value] : *pairs) {
      if (auto filled = text_of(value, key, Kind::kTemplate)) into[std::string(name.str())] = std::move(*filled);
    }
  }
  void truth(const toml::table& table, const char* key, const std::string& named, bool& into) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return;
    if (!node->is_boolean()) find(node->source(), "wrong-type", named + ": expected true or false");
    into = node->value<bool>().value_or(into);
  }
  // A number of characters.
  void length(const toml::table& table, const char* key, const std::string& named, int& into) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return;
    const auto value = node->is_integer() ? node->value<std::int64_t>() : std::nullopt;
    if (!value || *value < 0 || *value > 10000) {
      return find(node->source(), "out-of-range", named + ": expected 0 to 10000 characters");
    }
    into = static_cast<int>(*value);
  }
  template <typename Each>
  void each_table(const toml::node& node, const std::string& named, Each each) {
    constexpr std::size_t kMostTables = 256;
    const toml::array* list = node.as_array();
    if (list == nullptr || list->size() > kMostTables) {
      return find(node.source(), "wrong-type", named + ": expected at most 256 tables");
    }
    for (const toml::node& element : *list) {
      if (const auto* table = element.as_table()) {
        each(*table);
      } else {
        find(element.source(), "wrong-type", named + ": expected a table");
      }
    }
  }
  template <typename T>
  void one_of(const toml::table* table, const char* key, const std::vector<std::pair<std::string, T>>& words, T& into) {
    const toml::node* node = table == nullptr ? nullptr : table->get(key);
    if (node == nullptr) return;
    const auto word = node->value<std::string>();
    std::string all;
    for (const auto& [name, value] : words) {
      if (word == name) {
        into = value;
        return;
      }
      all += (all.empty() ? "" : ", ") + name;
    }
    find(node->source(), "unknown-name", std::string(key) + ": expected one of " + all);
  }

 private:
  std::optional<std::string> text_of(const toml::node& node, const char* key, Kind kind) {
    auto value = node.value<std::string>();
    if (!node.is_string() || !value) {
      find(node.source(), "wrong-type", std::string(key) + ": expected a text");
      return std::nullopt;
    }
    if (kind != Kind::kFields) check_names(node, key, *value, kind);
    return value;
  }
  void check_names(const toml::node& node, const char* key, std::string_view value, Kind kind) {
    const auto known = allowed(kind);
    for (auto open = value.find("{{"); open != std::string_view::npos; open = value.find("{{", open + 2)) {
      const auto close = value.find("}}", open);
      if (close == std::string_view::npos) {
        return find(node.source(), "template-tag-open", std::string(key) + ": {{ without }}");
      }
      const std::string name(value.substr(open + 2, close - open - 2));
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const auto near = base::nearest_name(name, known);
      find(node.source(), "template-field-unknown", std::string(key) + ": {{" + name + "}} cannot stand here",
           near.empty() ? "" : "did you mean {{" + near + "}}?");
    }
  }

  std::string file_;
  base::Diagnostics& findings_;
};

bool asks_for(const Provider& provider, const std::string& name) {
  return provider.json.find(name) != std::string::npos ||
         std::any_of(provider.parameters.begin(), provider.parameters.end(),
                     [&](const auto& p) { return p.second.find(name) != std::string::npos; });
}

void read_request(Reader& reader, const toml::table& root, Provider& provider) {
  const auto* table =
      reader.section(root, "request", {"url", "method", "send", "parameters", "json", "headers", "country_code"});
  if (table == nullptr) return reader.find(root.source(), "key-missing", "the table [request] is missing");
  reader.text(table, "url", provider.url, Kind::kUrl);
  reader.text(table, "country_code", provider.country_code);
  reader.text(table, "json", provider.json, Kind::kTemplate);
  reader.texts(table, "headers", provider.headers, Kind::kTemplate);
  reader.map(table, "parameters", provider.parameters);
  reader.one_of<std::string>(table, "method", {{"POST", "POST"}, {"GET", "GET"}, {"PUT", "PUT"}}, provider.method);
  reader.one_of<Send>(table, "send", {{"form", Send::kForm}, {"query", Send::kQuery}, {"json", Send::kJson}},
                      provider.send);
  const std::string scheme = "https://";
  if (provider.url.compare(0, scheme.size(), scheme) != 0 || provider.url.size() == scheme.size()) {
    reader.find(table->source(), "bad-url", "request.url: expected https:// and where the provider is");
  } else if (provider.url.find("{{") < provider.url.find('/', scheme.size())) {
    reader.find(table->source(), "bad-url", "request.url: the host is the same for every message");
  }
  if (provider.send == Send::kJson && provider.json.empty()) {
    reader.find(table->source(), "key-missing", "request.json is missing: send = \"json\" has a body");
  }
  if (provider.send != Send::kJson && provider.parameters.empty()) {
    reader.find(table->source(), "key-missing", "request.parameters is missing");
  }
  if (provider.method == "GET" && provider.send != Send::kQuery) {
    reader.find(table->source(), "bad-combination", "request.method: a GET has no body: send = \"query\"");
  }
  if (provider.registered) {
    if (!asks_for(provider, "{{template_id}}") || !asks_for(provider, "{{params_")) {
      reader.find(
          table->source(), "key-missing",
          "nothing in [request] holds {{template_id}}, and {{params_object}}, {{params_list}} or {{params_text}}");
    }
    if (asks_for(provider, "{{text}}")) {
      reader.find(table->source(), "bad-combination",
                  "{{text}} stands in [request]: registered templates have no text");
    }
  } else if (!asks_for(provider, "{{text}}")) {
    reader.find(table->source(), "key-missing", "nothing in [request] holds {{text}}");
  }
}

void read_sign(Reader& reader, const toml::table& root, Provider& provider) {
  const auto* table =
      reader.section(root, "sign", {"how", "key", "chain", "request", "text", "encoding", "parameter", "header"});
  if (table == nullptr) return;
  Signing& sign = provider.sign;
  reader.one_of<Sign>(table, "how",
                      {{"none", Sign::kNone},
                       {"basic", Sign::kBasic},
                       {"bearer", Sign::kBearer},
                       {"hmac-sha256", Sign::kHmacSha256},
                       {"hmac-sha1", Sign::kHmacSha1}},
                      sign.how);
  reader.text(table, "key", sign.key, Kind::kKey);
  reader.texts(table, "chain", sign.chain, Kind::kTemplate);
  reader.text(table, "request", sign.request, Kind::kSigned);
  reader.text(table, "text", sign.text, Kind::kSigned);
  reader.text(table, "parameter", sign.parameter);
  reader.text(table, "header", sign.header, Kind::kSignature);
  reader.one_of<bool>(table, "encoding", {{"base64", false}, {"hex", true}}, sign.hex);
  if (sign.how != Sign::kHmacSha256 && sign.how != Sign::kHmacSha1) return;
  if (sign.text.empty()) reader.find(table->source(), "key-missing", "sign.text is missing: what is signed");
  if (sign.parameter.empty() && sign.header.empty()) {
    reader.find(table->source(), "key-missing", "sign.parameter or sign.header is missing: where the signature goes");
  }
  if (!sign.parameter.empty() && provider.send == Send::kJson) {
    reader.find(table->source(), "bad-combination", "sign.parameter: a JSON body has no parameters; use sign.header");
  }
}

void check_pointers(Reader& reader, const toml::table& table, const std::string& name, bool form,
                    const std::vector<std::pair<std::string, std::string>>& pointers) {
  for (const auto& [key, pointer] : pointers) {
    if (form || pointer.empty() || pointer.front() == '/') continue;
    reader.find(table.source(), "bad-pointer", name + "." + key + ": a JSON pointer begins with / (RFC 6901)");
  }
}

void read_answers(Reader& reader, const toml::table& root, Provider& provider) {
  const auto* table =
      reader.section(root, "answer", {"format", "id", "code", "accepted", "retry", "refused", "unknown"});
  if (table == nullptr) return reader.find(root.source(), "key-missing", "the table [answer] is missing");
  Answers& answer = provider.answer;
  reader.one_of<bool>(table, "format", {{"json", false}, {"form", true}}, answer.form);
  reader.text(table, "id", answer.id);
  reader.text(table, "code", answer.code);
  for (const auto& [key, list] : {std::pair{"accepted", &answer.accepted},
                                  {"retry", &answer.retry},
                                  {"refused", &answer.refused},
                                  {"unknown", &answer.unknown}}) {
    reader.texts(table, key, *list);
    if (!list->empty() && answer.code.empty()) {
      reader.find(table->source(), "key-missing", "answer.code is missing: where a code stands");
    }
  }
  check_pointers(reader, *table, "answer", answer.form, {{"id", answer.id}, {"code", answer.code}});
}

void read_can(Reader& reader, const toml::table& root, Provider& provider) {
  const auto* table = reader.section(root, "can", {"links", "longest", "templates", "placeholder"});
  if (table == nullptr) return;
  reader.truth(*table, "links", "can.links", provider.links);
  reader.length(*table, "longest", "can.longest", provider.longest);
  reader.one_of<bool>(table, "templates", {{"free", false}, {"registered", true}}, provider.registered);
  std::string placeholder = "${*}";
  reader.text(table, "placeholder", placeholder);
  const auto star = placeholder.find('*');
  if (star == std::string::npos || star == 0 || placeholder.find('*', star + 1) != std::string::npos) {
    return reader.find(table->source(), "bad-value", "can.placeholder: expected such as ${*}, * where the name stands");
  }
  provider.placeholder_begin = placeholder.substr(0, star);
  provider.placeholder_end = placeholder.substr(star + 1);
}

Parameter read_parameter(Reader& reader, const toml::table& table) {
  reader.check_keys(table, {"name", "value", "longest", "cut", "empty"}, "template.parameters.");
  Parameter parameter;
  reader.text(&table, "name", parameter.name);
  reader.text(&table, "value", parameter.value, Kind::kFields);
  reader.text(&table, "empty", parameter.empty);
  reader.length(table, "longest", "longest", parameter.longest);
  reader.truth(table, "cut", "cut", parameter.cut);
  if (parameter.name.empty()) reader.find(table.source(), "key-missing", "a parameter needs a name");
  if (const auto fault = fault_of(parameter.value); !fault.empty()) {
    reader.find(table.source(), "not-mustache", "value: " + fault);
  }
  if (parameter.cut && parameter.longest == 0) {
    reader.find(table.source(), "bad-combination", "cut: longest says where");
  }
  return parameter;
}

void read_template(Reader& reader, const toml::table& table, Provider& provider) {
  reader.check_keys(table, {"of", "language", "drill", "id", "text", "parameters"}, "template.");
  Registration made;
  made.line = static_cast<int>(table.source().begin.line);
  for (const auto& [key, into] :
       {std::pair{"of", &made.of}, {"language", &made.language}, {"id", &made.id}, {"text", &made.text}}) {
    reader.text(&table, key, *into);
    if (into->empty()) reader.find(table.source(), "key-missing", std::string("template.") + key + " is missing");
  }
  reader.truth(table, "drill", "template.drill", made.drill);
  if (const auto* node = table.get("parameters")) {
    reader.each_table(*node, "template.parameters",
                      [&](const toml::table& one) { made.parameters.push_back(read_parameter(reader, one)); });
  }
  for (const auto& parameter : made.parameters) {
    const auto placeholder = provider.placeholder_begin + parameter.name + provider.placeholder_end;
    if (made.text.find(placeholder) != std::string::npos) continue;
    reader.find(table.source(), "no-placeholder", "template.text: " + placeholder + " does not stand in it");
  }
  const auto same = [&](const Registration& other) {
    return other.of == made.of && other.language == made.language && other.drill == made.drill;
  };
  if (std::any_of(provider.templates.begin(), provider.templates.end(), same)) {
    reader.find(table.source(), "twice", "template: " + made.of + " in " + made.language + " is registered twice");
  }
  provider.templates.push_back(std::move(made));
}

void read_templates(Reader& reader, const toml::table& root, Provider& provider) {
  if (const auto* node = root.get("template")) {
    if (!provider.registered) {
      reader.find(node->source(), "bad-combination", "[[template]]: can.templates = \"registered\" makes use of it");
    }
    reader.each_table(*node, "template", [&](const toml::table& one) { read_template(reader, one, provider); });
  } else if (provider.registered) {
    reader.find(root.source(), "key-missing", "there is no [[template]]: nothing could be sent");
  }
}

void read_callbacks(Reader& reader, const toml::table& root, Provider& provider) {
  Callbacks& called = provider.callbacks;
  const auto* table = reader.section(root, "callback", {"format", "list", "answer", "answer_type"});
  reader.one_of<bool>(table, "format", {{"json", false}, {"form", true}}, called.form);
  reader.text(table, "list", called.list);
  reader.text(table, "answer", called.answer);
  reader.text(table, "answer_type", called.answer_type);
  if (table != nullptr) check_pointers(reader, *table, "callback", false, {{"list", called.list}});
  const auto* receipt =
      reader.section(root, "receipt", {"id", "status", "code", "delivered", "undelivered", "on_its_way"});
  if (receipt != nullptr) {
    auto& to = called.receipt;
    called.receipts = true;
    for (const auto& [key, into] : {std::pair{"id", &to.id}, {"status", &to.status}, {"code", &to.code}}) {
      reader.text(receipt, key, *into);
    }
    reader.texts(receipt, "delivered", to.delivered);
    reader.texts(receipt, "undelivered", to.undelivered);
    reader.texts(receipt, "on_its_way", to.on_its_way);
    check_pointers(reader, *receipt, "receipt", called.form, {{"id", to.id}, {"status", to.status}, {"code", to.code}});
    if (to.id.empty() || to.status.empty() || to.delivered.empty()) {
      reader.find(receipt->source(), "key-missing", "receipt.id, receipt.status or receipt.delivered is missing");
    }
  }
  const auto* message = reader.section(root, "message", {"id", "from", "to", "text"});
  if (message != nullptr) {
    auto& to = called.message;
    called.messages = true;
    for (const auto& [key, into] : {std::pair{"id", &to.id}, {"from", &to.from}, {"to", &to.to}, {"text", &to.text}}) {
      reader.text(message, key, *into);
    }
    check_pointers(reader, *message, "message", called.form,
                   {{"id", to.id}, {"from", to.from}, {"to", to.to}, {"text", to.text}});
    if (to.from.empty() || to.text.empty()) {
      reader.find(message->source(), "key-missing", "message.from or message.text is missing");
    }
  }
  if (table == nullptr && (receipt != nullptr || message != nullptr)) {
    reader.find(root.source(), "key-missing", "the table [callback] is missing: how what is posted is written");
  }
}

}  // namespace

ReadProvider read_provider(std::string_view text, const std::string& file) {
  ReadProvider out;
  if (text.size() > kMaxBytes) {
    out.findings.push_back({base::Severity::kError, "too-large", file, 0, 0, "a provider of more than 64 KiB", ""});
    return out;
  }
  try {
    const toml::table root = toml::parse(text, file);
    Reader reader(file, out.findings);
    out.provider.file = file;
    reader.check_keys(root, {"request", "sign", "answer", "can", "template", "callback", "receipt", "message"}, "");
    read_can(reader, root, out.provider);
    read_request(reader, root, out.provider);
    read_sign(reader, root, out.provider);
    read_answers(reader, root, out.provider);
    read_templates(reader, root, out.provider);
    read_callbacks(reader, root, out.provider);
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    out.findings.push_back({base::Severity::kError, "syntax", file, static_cast<int>(at.line),
                            static_cast<int>(at.column), std::string(error.description()), ""});
  }
  return out;
}

}  // namespace tocsin::sms::http
