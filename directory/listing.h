// The directory for people to read: `tocsin directory list` and `show`, as text and as JSON.
//
// Addresses are masked unless asked otherwise: a list on a screen or in a ticket must not give away the numbers of
// people who agreed to be called in an emergency, not to be known.  Notes are shown for one person only.
// The JSON keys are documented in docs/directory.md and stay.  Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/snapshot.h"
#include "gateway/base/result.h"

namespace tocsin::directory {

struct ListOptions {
  bool unmasked = false;
  base::UtcTime at{};  // who holds a post, has a duty, is on leave: at that time
  std::string time_zone = "Asia/Shanghai";
};

// Rows and index of one version; both outlive the call.
struct Directory {
  const Tables& tables;
  const Snapshot& roster;
};

// "+86*******0001", "l***@qingshi.example", "https://host/***"; a console's name stays.
[[nodiscard]] std::string masked_address(model::ContactKind kind, const std::string& address);

// One person with everything that hangs on them.
struct PersonView {
  const PersonRow* row = nullptr;
  bool on_leave = false;
  std::vector<const PostRow*> posts;       // held at that time
  std::vector<std::string> deputy_of;      // codes of posts
  std::vector<std::string> units, groups;  // codes
  std::vector<const AreaRoleRow*> roles;
  std::vector<const ContactRow*> contacts;  // in order; withdrawn ones too
};
// Of all persons, in the office's order.  Points into the tables.
[[nodiscard]] std::vector<PersonView> person_views(const Directory& all, const ListOptions& options);

[[nodiscard]] std::string list_text(const Directory& all, const ListOptions& options);
[[nodiscard]] std::string list_json(const Directory& all, const ListOptions& options);

// What has that code: a person, post, unit, group or area; all of them when several have it.
// kNotFound, with the nearest code, when nothing has.
[[nodiscard]] base::Result<std::string> show_text(const Directory& all, std::string_view code,
                                                  const ListOptions& options);
[[nodiscard]] base::Result<std::string> show_json(const Directory& all, std::string_view code,
                                                  const ListOptions& options);

// "nothing in the directory has the code ...; did you mean ...?"
[[nodiscard]] base::Error no_such_code(const Directory& all, std::string_view code);

}  // namespace tocsin::directory
