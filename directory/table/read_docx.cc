#include "directory/table/read_docx.h"

#include <array>
#include <charconv>

#include "directory/table/flow.h"
#include "directory/table/office_parts.h"

namespace tocsin::table {
namespace {

constexpr std::array<std::string_view, 2> kSpaces = {"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                                                     "http://purl.oclc.org/ooxml/wordprocessingml/main"};

// ST_OnOff (22.9.2.7): present without a value means on.
bool is_on(const XmlElement& element) {
  const std::string_view value = element.attribute("val");
  return value != "0" && value != "false" && value != "off";
}

int number_of(const XmlElement& element) {
  const std::string_view value = element.attribute("val");
  int number = 0;
  std::from_chars(value.data(), value.data() + value.size(), number);
  return number;
}

class DocumentReader : public XmlEvents {
 public:
  DocumentReader(Reading& reading, Book& book) : flow_(reading, book) {}

  bool open(const XmlElement& element) override {
    const std::string_view name = element.name;
    if (left_out_ > 0 || name == "moveFrom" || (name == "del" && !in_row_properties_)) {
      ++left_out_;
      return true;
    }
    if (name == "tbl") return flow_.open_table();
    if (name == "tr") return flow_.open_row();
    if (name == "tc") return flow_.open_cell();
    if (name == "t") in_text_ = true;
    if (name == "r") {
      ++runs_;
      hidden_run_ = false;
    }
    if (name == "trPr") in_row_properties_ = true;
    if (flow_.inside() == 1) open_property(element);
    if (runs_ > 0) open_in_run(element);
    return true;
  }

  bool close(std::string_view name) override {
    if (left_out_ > 0) {
      --left_out_;
      return true;
    }
    if (name == "t") in_text_ = false;
    if (name == "r" && runs_ > 0) --runs_;
    if (name == "trPr") in_row_properties_ = false;
    if (name == "p") flow_.end_paragraph();
    if (name == "tc") return flow_.close_cell();
    if (name == "tr") return flow_.close_row();
    if (name == "tbl") return flow_.close_table();
    return true;
  }

  bool text(std::string_view words) override {
    if (in_text_ && !hidden_run_ && left_out_ == 0) flow_.text(words);
    return true;
  }

  bool finish() { return flow_.finish(); }

 private:
  void open_property(const XmlElement& element) {
    const std::string_view name = element.name;
    if (in_row_properties_) {
      if (name == "gridBefore") flow_.row().skipped_columns = number_of(element);
      if (name == "hidden" && is_on(element)) flow_.row().hidden = true;
      if (name == "del") flow_.row().left_out = true;
    }
    if (name == "gridSpan") flow_.cell().columns = number_of(element);
    if (name == "vMerge") {  // 17.4.84: without a value it continues
      flow_.cell().starts_merge = element.attribute("val") == "restart";
      flow_.cell().continues = !flow_.cell().starts_merge;
    }
  }

  void open_in_run(const XmlElement& element) {
    const std::string_view name = element.name;
    if (name == "vanish" && is_on(element)) hidden_run_ = true;
    if (hidden_run_) return;
    if (name == "br" || name == "cr") flow_.end_line();
    if (name == "tab" || name == "ptab") flow_.text(" ");
    if (name == "noBreakHyphen") flow_.text("-");
  }

  Flow flow_;
  int left_out_ = 0;  // elements open inside of one that is left out, that one counted
  int runs_ = 0;
  bool in_text_ = false, in_row_properties_ = false, hidden_run_ = false;
};

}  // namespace

bool read_docx(Package& package, Reading& reading, Book& book) {
  const std::string name = main_part(package, "word/document.xml", reading);
  if (name.empty()) return false;
  DocumentReader reader(reading, book);
  return read_part(package, name, kSpaces, reader, reading) && reader.finish();
}

}  // namespace tocsin::table
