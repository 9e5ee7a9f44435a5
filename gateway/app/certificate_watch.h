// What is known of the certificate in force: when it ends, and whether phones trust it, so that a text may carry a
// link.
//
// Thread-safe.  look() reads files; the rest tells what it saw.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/app/settings.h"
#include "gateway/base/guarded.h"
#include "gateway/base/said.h"

namespace tocsin::app {

class CertificateWatch {
 public:
  // At start, after a reload, and from time to time: a certificate ends without anybody's doing.
  void look(const Settings& settings, const std::string& certificate_file, base::UtcTime now);

  // There is a public URL, and phones trust the certificate for its host: because the machine's own authorities vouch
  // for it, or because the office's authority made it and is said to be on the phones.
  [[nodiscard]] bool links_may_be_sent() const;
  // The public URL then, else empty: engine::Options::link_base.
  [[nodiscard]] std::string link_base() const;
  // Sentences for /readyz, none of which makes it unready: why no link is sent, and that the certificate ends soon.
  [[nodiscard]] std::vector<base::Said> warnings(base::UtcTime now) const;
  // Prometheus text.
  [[nodiscard]] std::string metrics(base::UtcTime now) const;

 private:
  struct Seen {
    std::optional<base::UtcTime> valid_until;
    std::string link_base;
    base::Said why_no_links;
  };
  base::Guarded<Seen> seen_;
};

}  // namespace tocsin::app
