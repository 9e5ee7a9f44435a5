#include "directory/table/package.h"

#include <zip.h>

#include <algorithm>
#include <utility>

#include "gateway/base/text.h"

namespace tocsin::table {
namespace {

using base::said;
using base::Said;

// Part 2, 6.2.2.3: names are equivalent without case.
std::string plain_name(std::string_view name) {
  if (name.starts_with('/')) name.remove_prefix(1);
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '\\') c = '/';
  }
  return out;
}

const Said& fetch_again() {
  static const Said words =
      said("fetch or send the file again; or open it and save it anew", "请重新获取该文件，或打开后重新保存");
  return words;
}

}  // namespace

void Package::Close::operator()(zip* archive) const {
  zip_discard(archive);
}

void Package::Part::Close::operator()(zip_file* file) const {
  zip_fclose(file);
}

std::optional<Package> Package::open(std::string_view bytes, Reading& reading) {
  Package package(reading);
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) {
    package.archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (package.archive_ == nullptr) zip_source_free(source);
  }
  zip_error_fini(&error);
  if (package.archive_ == nullptr) {
    reading.fail("damaged-file", said("the file is cut or damaged", "文件不完整或已损坏"), fetch_again());
    return std::nullopt;
  }
  const zip_int64_t entries = zip_get_num_entries(package.archive_.get(), 0);
  if (entries > static_cast<zip_int64_t>(kMaxEntries)) {
    reading.fail("too-many-parts", said("the file has more than {0} parts", "文件内部超过{0}个部分", kMaxEntries));
    return std::nullopt;
  }
  for (zip_int64_t i = 0; i < entries; ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    const char* name = zip_get_name(package.archive_.get(), index, 0);
    if (name == nullptr || package.parts_.emplace(plain_name(name), index).second) continue;
    reading.fail("duplicate-part", said("the file holds one part twice", "文件内部有重复的部分"), fetch_again());
    return std::nullopt;
  }
  return package;
}

bool Package::has(std::string_view name) const {
  return parts_.contains(plain_name(name));
}

bool Package::has_folder(std::string_view name) const {
  const auto found = parts_.lower_bound(name);
  return found != parts_.end() && found->first.starts_with(name);
}

bool Package::fail_at_part(std::string_view name, std::string code, Said message, Said hint) {
  return reading_->fail(std::move(code),
                        said("{0}: {1}", "{0}：{1}", base::to_valid_utf8(name.substr(0, 100)), std::move(message)),
                        std::move(hint));
}

std::optional<Package::Part> Package::part(std::string_view name) {
  const auto found = parts_.find(plain_name(name));
  if (found == parts_.end()) return std::nullopt;
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat_index(archive_.get(), found->second, 0, &stat) != 0) {
    fail_at_part(name, "damaged-file", said("cannot be read", "无法读取"), fetch_again());
    return std::nullopt;
  }
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
    fail_at_part(name, "password-protected", said("is encrypted", "已加密"),
                 said("save the file without a password", "请取消密码后重新保存"));
    return std::nullopt;
  }
  if ((stat.valid & ZIP_STAT_COMP_METHOD) != 0 && stat.comp_method != ZIP_CM_STORE &&
      stat.comp_method != ZIP_CM_DEFLATE) {
    fail_at_part(name, "damaged-file", said("is packed in a way that office files are not", "压缩方式不是办公文件所用"),
                 fetch_again());
    return std::nullopt;
  }
  Part part;
  part.package_ = this;
  part.name_ = name;
  part.packed_ = stat.comp_size;
  // What it claims is refused before a byte is unpacked; what it yields is counted all the same.
  if (!take(part, stat.size)) return std::nullopt;
  part.file_.reset(zip_fopen_index(archive_.get(), found->second, 0));
  if (part.file_ == nullptr) {
    fail_at_part(name, "damaged-file", said("cannot be read", "无法读取"), fetch_again());
    return std::nullopt;
  }
  return part;
}

bool Package::take(const Part& part, std::uint64_t bytes) {
  if (bytes > kMaxUnpackedBytes || unpacked_ + bytes > kMaxUnpackedBytes) {
    return fail_at_part(part.name_, "too-large-unpacked",
                        said("unpacked, the file has more than {0} MB", "解压后超过{0} MB", kMaxUnpackedBytes >> 20U),
                        said("copy the rows that are needed into a new file", "请把需要的行复制到新文件中"));
  }
  if (bytes > (1U << 20U) && bytes / kMaxRatio > part.packed_) {
    return fail_at_part(part.name_, "too-large-unpacked",
                        said("is packed more tightly than any table is", "压缩率异常，不像表格文件"),
                        said("copy the rows that are needed into a new file", "请把需要的行复制到新文件中"));
  }
  return true;
}

int Package::Part::read(char* to, int size) {
  const zip_int64_t count = zip_fread(file_.get(), to, static_cast<zip_uint64_t>(size));
  if (count < 0) {
    package_->fail_at_part(name_, "damaged-file", said("is cut or damaged", "不完整或已损坏"), fetch_again());
    return -1;
  }
  unpacked_ += static_cast<std::uint64_t>(count);
  if (!package_->take(*this, unpacked_)) return -1;
  package_->unpacked_ += static_cast<std::uint64_t>(count);
  return static_cast<int>(count);
}

}  // namespace tocsin::table
