// Who is to be told, and why; who is not, and why not.
#pragma once

#include <string>
#include <vector>

#include "gateway/model/alert.h"
#include "gateway/model/ids.h"
#include "gateway/model/selector.h"

namespace tocsin::model {

// Persisted: numbers are frozen.
enum class ContactKind : std::uint8_t { kMobile = 1, kLandline = 2, kEmail = 3, kWebhook = 4, kConsole = 5 };
[[nodiscard]] std::string_view name_of(ContactKind kind);
[[nodiscard]] std::optional<ContactKind> contact_kind_named(std::string_view name);

// Can a message of `channel` go to a contact point of this kind?
[[nodiscard]] bool can_carry(Channel channel, ContactKind kind);

struct ContactPoint {
  ContactId id;
  ContactKind kind = ContactKind::kMobile;
  std::string address;        // E.164, e-mail address, URL
  std::string extension;      // of a landline
  bool agreed = false;        // its owner agreed to be called there (when and how is in the directory)
  bool not_at_night = false;  // at night used only when its owner has nothing else left
};

// One person of the directory as the call-out needs them.
struct PersonCard {
  PersonId id;
  std::string code;  // stable key of the office's list
  std::string name;
  std::string language;                // "zh", "en"
  std::string door;                    // where to knock, in words for the desk; may be empty
  std::vector<ContactPoint> contacts;  // in order of preference; withdrawn ones are not in it
  bool section = false;                // the desk of an upper office's section, no human being
};

struct Recipient {
  PersonId person;
  Selector selector;       // which selector of the step found them
  std::string post;        // "commander", or the unit's or group's code: why they are in it
  std::string post_name;   // as shown, in the person's language
  PersonId stands_in_for;  // filled when the holder of the post is on leave and this is the deputy
};

struct NotTold {
  PersonId person;  // 0 when nobody fills the post
  Selector selector;
  std::string what;  // "post commander", "unit fire-station"
  Reason reason = Reason::kNone;
};

struct Resolved {
  std::vector<Recipient> recipients;  // each person once, in the directory's order within the selector
  std::vector<NotTold> not_told;
};

// A place in the area tree.
struct AreaInfo {
  AreaId id;
  std::string code;
  std::string name;
  std::string kind;  // "subdistrict", "work_area", "community", "grid"
  AreaId parent;
  std::vector<std::string> aliases;
  bool has_centre = false;
  double latitude = 0, longitude = 0;  // WGS 84, of the centre
  std::string assembly_point;          // where "arrived" means, in words; may be empty
};

// Where a position lies.
struct PlaceFound {
  AreaId area;
  bool inside = false;  // of its outline; else its centre is the nearest
  double metres = 0;    // to that centre; 0 when inside
};

}  // namespace tocsin::model
