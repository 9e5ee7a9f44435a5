#include "gateway/app/directory_document.h"

#include <utility>

#include "directory/paper/shapes.h"
#include "directory/paper/vcard.h"
#include "directory/paper/xlsx.h"
#include "directory/write_sheets.h"
#include "gateway/app/call_list_of.h"

namespace tocsin::app {
namespace {

base::Result<ports::DirectoryDocument> list_of(const directory::Tables& tables, paper::Shape shape,
                                               const ports::DocumentWish& wish, const base::DialingRules& dialing) {
  paper::ShapeOptions options;
  options.chinese = wish.chinese;
  options.beside = wish.beside;
  options.dialing = dialing;
  options.at = wish.at;
  auto list = paper::shaped(tables, shape, options);
  if (!list) return list.error();
  ports::DirectoryDocument document;
  document.left_out = std::move(list->left_out);
  if (!wish.xlsx) {
    document.content_type = "text/csv; charset=utf-8";
    document.ending = "csv";
    document.bytes = directory::csv_text(list->rows);
    return document;
  }
  auto bytes = paper::xlsx_of(list->rows, paper::name_of(shape));
  if (!bytes) return bytes.error();
  document.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  document.ending = "xlsx";
  document.bytes = std::move(*bytes);
  return document;
}

}  // namespace

base::Result<ports::DirectoryDocument> document_of(const directory::Tables& tables, std::int64_t version,
                                                   const ports::DocumentWish& wish, const base::DialingRules& dialing,
                                                   const plan::Plan* plan) {
  if (wish.as == "vcard") {
    return ports::DirectoryDocument{"text/vcard; charset=utf-8", "vcf", paper::vcards_of(tables, wish.at), {}};
  }
  if (wish.as == "call-list") {
    if (plan == nullptr) return base::Error{base::ErrorCode::kNotFound, "no plan is in force here", {}};
    const directory::Snapshot roster(tables, version);
    const auto* language = wish.chinese ? "zh" : "en";
    return ports::DirectoryDocument{
        "text/html; charset=utf-8", "html", call_list_of({*plan, tables, roster}, wish.at, language, dialing), {}};
  }
  const auto shape = paper::shape_named(wish.as);
  if (!shape) return base::invalid("as: people, side-by-side, units, areas, offices or vcard", "as");
  return list_of(tables, *shape, wish, dialing);
}

}  // namespace tocsin::app
