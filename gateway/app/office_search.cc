#include "gateway/app/office_search.h"

#include <utility>

#include "directory/directory_store.h"

namespace tocsin::app {

base::Result<std::vector<directory::PersonWithContacts>> PersonFinder::find(db::Session& session,
                                                                            const ports::PersonSearch& search) {
  if (search.words.empty() || directory::is_end_of_number(search.words)) {
    return directory::find_persons(session, search.words, search.after, search.limit);
  }
  const auto names = index(session);
  if (!names) return names.error();
  std::vector<directory::PersonWithContacts> found;
  for (const auto& code : (*names)->find(search.words, search.after, static_cast<std::size_t>(search.limit))) {
    auto person = directory::find_person(session, code);
    if (!person && person.error().code == base::ErrorCode::kNotFound) continue;  // gone since
    if (!person) return person.error();
    found.push_back(std::move(*person));
  }
  return found;
}

base::Result<std::shared_ptr<const intake::NameIndex>> PersonFinder::index(db::Session& session) {
  const auto version = directory::directory_version(session);
  if (!version) return version.error();
  const std::lock_guard lock(making_);
  if (index_ && index_->version() == *version) return index_;
  const auto people = directory::named_persons(session);
  if (!people) return people.error();
  index_ = std::make_shared<const intake::NameIndex>(*people, *version);
  return index_;
}

}  // namespace tocsin::app
