#include "gateway/app/office_list.h"

#include <filesystem>
#include <utility>

#include "directory/directory_store.h"
#include "directory/history.h"
#include "directory/intake/list_json.h"
#include "directory/write_sheets.h"
#include "gateway/app/list_reading.h"

namespace tocsin::app {
namespace {

base::Result<table::ReadOptions> text_options(const std::string& encoding) {
  table::ReadOptions options;
  if (encoding.empty()) return options;
  for (const auto one :
       {table::Encoding::kUtf8, table::Encoding::kUtf16Le, table::Encoding::kUtf16Be, table::Encoding::kGb18030}) {
    if (table::name_of(one) == encoding) options.encoding = one;
  }
  if (!options.encoding) return base::invalid("encoding: UTF-8, UTF-16LE, UTF-16BE or GB18030", "encoding");
  return options;
}

// Which field of the request a text stands in that is not understood.
base::Error about(base::Error error, const char* field) {
  if (error.code == base::ErrorCode::kInvalid && error.field.empty()) error.field = field;
  return error;
}

}  // namespace

base::Result<ports::ListRead> read_office_list(db::Session& session, const ports::ListWish& wish,
                                               const ListReader& with) {
  const auto name = std::filesystem::path(wish.name).filename().string();
  const auto text = text_options(wish.encoding);
  if (!text) return text.error();
  const auto known = directory::known_list(session, name);
  if (!known) return known.error();
  const auto state = directory::load_state(session);
  if (!state) return state.error();
  ListWanted wanted{name,    wish.mapping,     wish.answers,    wish.everybody,
                    wish.at, wish.agreed_when, wish.agreed_how, *text};
  const auto* earlier = *known ? &**known : nullptr;
  const auto list = read_list(wish.bytes, wanted, earlier, with.dialing);
  if (!list) return about(list.error(), "mapping");
  const bool readable = !base::has_errors(list->read.findings);
  auto comparison = base::Result<intake::Comparison>(intake::Comparison{});
  if (readable) comparison = compare_list(list->draft, wanted, earlier, with.plan, state->tables);
  if (!comparison) return about(comparison.error(), "answers");
  ports::ListRead answer;
  answer.version = state->version;
  if (!wish.to_import) {
    answer.json = intake::list_json({list->read, list->draft, *comparison, earlier, list->remembered, list->guessed,
                                     name, state->version, wish.unmasked});
    return answer;
  }
  if (!readable) return base::invalid("nothing could be read of it; nothing was changed", "base64");
  if (const auto answered = all_answered(*comparison); !answered) return answered.error();
  answer.import.whole = true;
  answer.import.time_zone = with.time_zone;
  for (auto& sheet : directory::write_sheets(comparison->after, with.time_zone)) {
    answer.import.sheets.push_back({std::move(sheet.name), std::move(sheet.text)});
  }
  auto remembered = to_remember(name, *list, *comparison);
  answer.import.lists.push_back({std::move(remembered.name),
                                 std::move(remembered.mapping),
                                 std::move(remembered.header),
                                 std::move(remembered.persons),
                                 {},
                                 {}});
  return answer;
}

}  // namespace tocsin::app
