#include "directory/table/kind.h"

#include <algorithm>
#include <array>

#include "gateway/base/text.h"

namespace tocsin::table {
namespace {

using base::said;
using base::Said;
using namespace std::string_view_literals;

const Said& save_as_new() {
  static const Said words = said("open it in Excel, Word or WPS, choose Save As, and save it as .xlsx or .docx",
                                 "请用Excel、Word或WPS打开，选择“另存为”，保存为.xlsx或.docx格式");
  return words;
}

const Said& copy_from_it() {
  static const Said words = said("open it, copy the table, and paste it here; or ask for the file it was made from",
                                 "请打开后复制其中的表格，粘贴到此处；或索取生成它的原始文件");
  return words;
}

// The name of a stream as it stands in an OLE2 directory ([MS-CFB] 2.6.1: UTF-16LE).
bool names_stream(std::string_view bytes, std::string_view ascii) {
  std::string wide;
  for (const char c : ascii) {
    wide += c;
    wide += '\0';
  }
  return bytes.find(wide) != std::string_view::npos;
}

NoTable ole2(std::string_view bytes) {
  if (names_stream(bytes, "EncryptedPackage")) {
    return {"password-protected", said("the file is protected by a password", "文件有打开密码"),
            said("open it, remove the password (File, Info, Protect), and save it again",
                 "请打开文件，在“文件—信息—保护”中取消密码后重新保存")};
  }
  Said what = said("this is a file of an old office program (.doc, .xls, .wps or .et)",
                   "这是旧版办公软件的文件（.doc、.xls、.wps或.et）");
  if (names_stream(bytes, "WordDocument")) {
    what = said("this is an old Word or WPS document (.doc or .wps)", "这是旧版Word或WPS文档（.doc或.wps）");
  } else if (names_stream(bytes, "Workbook") || names_stream(bytes, "Book")) {
    what = said("this is an old Excel or WPS workbook (.xls or .et)", "这是旧版Excel或WPS表格（.xls或.et）");
  }
  return {"old-office-file", what, save_as_new()};
}

struct Signature {
  std::string_view begins;
  std::string_view name_en, name_zh;
  bool picture = false;
};

constexpr std::array kSignatures = {
    Signature{"%PDF", "a PDF", "PDF文件"},
    Signature{"\xFF\xD8\xFF"sv, "a picture (JPEG)", "图片（JPEG）", true},
    Signature{"\x89PNG", "a picture (PNG)", "图片（PNG）", true},
    Signature{"GIF8", "a picture (GIF)", "图片（GIF）", true},
    Signature{"II*\0"sv, "a picture (TIFF)", "图片（TIFF）", true},
    Signature{"MM\0*"sv, "a picture (TIFF)", "图片（TIFF）", true},
    Signature{"{\\rtf", "an RTF document", "RTF文档"},
    Signature{"Rar!", "an archive (RAR)", "压缩包（RAR）"},
    Signature{"7z\xBC\xAF"sv, "an archive (7z)", "压缩包（7z）"},
    Signature{"\x1F\x8B"sv, "an archive (gzip)", "压缩包（gzip）"},
};

std::optional<NoTable> by_signature(std::string_view bytes) {
  // ISO 14496-12: "ftyp" behind the size of the first box; RIFF: the form behind the size of the file.
  const std::string_view form = bytes.substr(std::min<std::size_t>(bytes.size(), 4), 8);
  if (form.starts_with("ftyp") || (bytes.starts_with("RIFF") && form.ends_with("WEBP"))) {
    return NoTable{"not-a-table", said("this is a picture or a film", "这是图片或视频"), copy_from_it()};
  }
  for (const Signature& known : kSignatures) {
    if (!bytes.starts_with(known.begins)) continue;
    const bool archive = known.name_en.starts_with("an archive");
    const bool document = known.name_en.ends_with("document");
    return NoTable{"not-a-table",
                   said("this is {0}", "这是{0}", base::Said{std::string(known.name_en), std::string(known.name_zh)}),
                   archive    ? said("unpack it, and take the table in it", "请解压后选择其中的表格文件")
                   : document ? save_as_new()
                   : known.picture ? said("type the list, or ask for the file it was made from",
                                          "请录入内容，或索取生成它的原始文件")
                                   : copy_from_it()};
  }
  return std::nullopt;
}

bool begins_with_word(std::string_view text, std::string_view lower_case) {
  if (text.size() < lower_case.size()) return false;
  return std::equal(lower_case.begin(), lower_case.end(), text.begin(), [](char want, char have) {
    return want == (have >= 'A' && have <= 'Z' ? static_cast<char>(have - 'A' + 'a') : have);
  });
}

// Behind the header that Windows' clipboard puts before HTML ("HTML Clipboard Format", Version:0.9).
std::string_view behind_clipboard_header(std::string_view text) {
  if (!begins_with_word(text, "version:")) return text;
  const std::string_view header = text.substr(0, 1024);
  if (header.find("StartHTML:") == std::string_view::npos) return text;
  return text.substr(std::min(text.find('<'), text.size()));
}

}  // namespace

bool is_html(std::string_view text) {
  text = text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  text = behind_clipboard_header(text);
  constexpr std::array kBegins = {
      "<html"sv,  "<!doctype html"sv, "<table"sv, "<meta"sv, "<head"sv, "<body"sv, "<tr"sv,    "<td"sv,     "<div"sv,
      "<style"sv, "<col"sv,           "<p>"sv,    "<p "sv,   "<span"sv, "<font"sv, "<tbody"sv, "<center"sv, "<b>"sv};
  if (std::any_of(kBegins.begin(), kBegins.end(),
                  [&](std::string_view word) { return begins_with_word(text, word); })) {
    return true;
  }
  if (!text.starts_with("<!--") && !text.starts_with("<?xml")) return false;
  const std::string_view first = text.substr(0, 4096);
  return first.find("<html") != std::string_view::npos || first.find("<table") != std::string_view::npos;
}

std::optional<NoTable> no_table_in(std::string_view bytes) {
  if (bytes.starts_with("\xD0\xCF\x11\xE0"sv)) return ole2(bytes);
  if (auto known = by_signature(bytes)) return known;
  if (bytes.starts_with("<?xml") &&
      bytes.substr(0, 4096).find("urn:schemas-microsoft-com:office:spreadsheet") != std::string_view::npos) {
    return NoTable{"old-office-file", said("this is an Excel 2003 XML table", "这是Excel 2003 XML表格"), save_as_new()};
  }
  if (begins_with_word(bytes, "mime-version:")) {
    return NoTable{"old-office-file", said("this is a web page archive (.mht)", "这是单个文件网页（.mht）"),
                   save_as_new()};
  }
  return std::nullopt;
}

bool is_packed(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv);
}

}  // namespace tocsin::table
