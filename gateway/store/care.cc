#include "gateway/store/care.h"

#include "gateway/base/ids.h"
#include "gateway/model/contact_care.h"
#include "gateway/store/one_picture.h"

namespace tocsin::store {

std::vector<model::ContactDoubt> read_doubtful_contacts(db::Session& session, base::UtcTime since) {
  model::ContactCare care;
  auto rows = session
                  .statement(
                      "select contact, coalesce(ended_at, handed_over_at), channel, state, meaning, code, incident "
                      "from delivery where id >= ?1 and contact > 0 and alert > 0 and state in (4, 5, 6) order by id")
                  .run(base::first_id_at(since));
  while (rows.next()) {
    model::ContactEvidence evidence;
    evidence.at = rows.time(1);
    evidence.channel = rows.as<model::Channel>(2);
    evidence.state = rows.as<model::DeliveryState>(3);
    evidence.meaning = rows.as<model::Meaning>(4);
    evidence.code = rows.string(5);
    evidence.incident = rows.id<model::IncidentId>(6);
    care.add(rows.id<model::ContactId>(0), evidence);
  }
  return care.doubts();
}

base::Result<std::vector<model::ContactDoubt>> SqliteQueries::doubtful_contacts(base::UtcTime since) const {
  return in_one_picture([&](db::Session& db) { return read_doubtful_contacts(db, since); });
}

}  // namespace tocsin::store
