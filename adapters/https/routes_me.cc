// Taking back a contact point of one's own: an agreement to be called is its owner's to end.
#include <algorithm>

#include "adapters/https/handlers.h"
#include "adapters/https/json_in.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::https {
namespace {

base::Result<ports::DirectoryPerson> myself(const Call& call) {
  const auto* card = call.by.person ? call.door.roster()->person(call.by.person) : nullptr;
  if (card == nullptr) {
    return base::Error{base::ErrorCode::kNotFound, "who is signed in is no person of the directory", {}};
  }
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  return (*desk)->person(card->code);
}

}  // namespace

base::Result<HttpResponse> post_withdraw_contact(const Call& call) {
  const auto contact = id_argument(call);
  if (!contact.ok()) return contact.error();
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const bool confirmed = fields.flag("confirm");
  const auto reason = fields.text("reason", {.max_characters = 500});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  if (!confirmed) return base::invalid("confirm: must be true: nobody will be called there any more", "confirm");
  const auto me = myself(call);
  if (!me.ok()) return me.error();
  const auto& mine = me->contacts;
  const auto found =
      std::find_if(mine.begin(), mine.end(), [&](const auto& c) { return c.id == model::ContactId{*contact}; });
  if (found == mine.end()) return base::Error{base::ErrorCode::kNotFound, "you have no such contact point", {}};
  if (!ports::may_be_withdrawn_by_owner(found->kind)) {
    return base::Error{base::ErrorCode::kRefused, "this one is the office's: the administrator takes it out", {}};
  }
  ports::DirectoryWish wish;
  wish.by = call.by;
  wish.reason = reason.empty() ? "withdrawn by its owner" : reason;
  wish.what = ports::WithdrawContact{call.by.person, found->id, call.door.now()};
  return change_directory(call, wish, false, 200);
}

}  // namespace tocsin::https
